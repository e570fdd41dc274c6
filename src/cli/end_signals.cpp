#include "cli/end_signals.hpp"

#include <csignal>
#include <utility>

#include <unistd.h>

namespace chr21::cli {

namespace {

sigset_t minded_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    return signals;
}

}  // namespace

void block_minded_signals() {
    const auto signals = minded_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

EndSignals::EndSignals(std::function<void(std::string_view)> end, std::function<void()> hang_up)
    : end_(std::move(end)), hang_up_(std::move(hang_up)), thread_([this] { wait(); }) {}

EndSignals::~EndSignals() {
    is_over_ = true;
    pthread_kill(thread_.native_handle(), SIGHUP);
}

void EndSignals::wait() {
    const auto signals = minded_signals();
    for (bool is_first = true; !is_over_;) {
        const int signal = sigwaitinfo(&signals, nullptr);
        if (signal == SIGHUP && !is_over_) hang_up_();
        if (signal != SIGTERM && signal != SIGINT) continue;
        constexpr int exit_base = 128;  // the shell's convention for death by a signal
        if (!is_first) _exit(exit_base + signal);
        end_(signal == SIGTERM ? "SIGTERM" : "SIGINT");
        is_first = false;
    }
}

}  // namespace chr21::cli
