#include "cli/end_signals.hpp"

#include "cli/serving.hpp"

#include <csignal>
#include <utility>

#include <unistd.h>

namespace chr21::cli {

EndSignals::EndSignals(std::function<void(std::string_view)> end)
    : end_(std::move(end)), thread_([this] { wait(); }) {}

EndSignals::~EndSignals() {
    is_over_ = true;
    pthread_kill(thread_.native_handle(), SIGHUP);
}

void EndSignals::wait() {
    const auto signals = minded_signals();
    for (bool is_first = true; !is_over_;) {
        const int signal = sigwaitinfo(&signals, nullptr);
        if (signal != SIGTERM && signal != SIGINT) continue;
        constexpr int exit_base = 128;  // the shell's convention for death by a signal
        if (!is_first) _exit(exit_base + signal);
        end_(signal == SIGTERM ? "SIGTERM" : "SIGINT");
        is_first = false;
    }
}

}  // namespace chr21::cli
