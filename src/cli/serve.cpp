#include "api/route.hpp"
#include "cli/dataset_source.hpp"
#include "cli/settings.hpp"
#include "cli/version.hpp"
#include "observe/metrics.hpp"

#include <csignal>
#include <cstdio>
#include <stop_token>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

namespace chr21::cli {

namespace {

// The signals that end the server. They are blocked in every thread, so that only StopSignals
// receives them.
sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

void block_ending_signals() {
    const auto signals = ending_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

// Waits for them in a thread of its own: the first lets requests in flight finish, the second ends
// the process at once.
class StopSignals {
public:
    StopSignals(http::Server& server, const observe::Observer& observer)
        : thread_([&server, &observer](const std::stop_token& done) {
              if (const int signal = wait(done)) {
                  observer(observe::Stopping{signal == SIGTERM ? "SIGTERM" : "SIGINT"});
                  server.stop();
              }
              constexpr int exit_base = 128;  // the shell's convention for death by a signal
              if (const int signal = wait(done)) _exit(exit_base + signal);
          }) {}

private:
    // The signal that came, or 0 when nobody waits any more.
    static int wait(const std::stop_token& done) {
        const auto signals = ending_signals();
        constexpr timespec patience{.tv_sec = 0, .tv_nsec = 50'000'000};
        while (!done.stop_requested()) {
            const int signal = sigtimedwait(&signals, nullptr, &patience);
            if (signal > 0) return signal;
        }
        return 0;
    }

    std::jthread thread_;
};

std::vector<std::string> route_templates() {
    std::vector<std::string> templates;
    for (const auto& route : api::routes()) templates.emplace_back(route.path);
    return templates;
}

int fail(const std::string& message) {
    fmt::print(stderr, "chr21: {}\n", message);
    return 1;
}

}  // namespace

int serve(const ServeSettings& settings) {
    block_ending_signals();
    observe::Metrics metrics(route_templates(), std::string(version), std::string(commit));
    const auto log = observe::make_log(settings.log);
    const observe::Observer observer = [&metrics, &log](const observe::Event& event) {
        metrics.observe(event);
        log(event);
    };
    auto opened = open_store(settings.data, observer);
    if (!opened)
        return fail(fmt::format("{} {}", opened.error().parameter, opened.error().message));

    auto options = settings.service;
    options.version = version;
    options.body_limit = settings.server.body_limit;
    options.metrics = [&metrics] { return metrics.text(); };
    const auto dataset = opened->store->dataset();
    const FixedShelf shelf(std::move(*opened));
    const api::Service service(shelf, options, observer);
    auto server = http::Server::listen(settings.server, service, observer);
    if (!server)
        return fail(fmt::format("--{} {}", server.error().parameter, server.error().message));

    observer(observe::Started{.address = server->address(),
                              .dataset = dataset.name,
                              .gene_count = dataset.gene_count,
                              .threads = settings.server.threads});
    const auto unfinished = [&] {
        const StopSignals stop_signals(*server, observer);
        return server->run();
    }();
    observer(observe::Stopped{unfinished});
    return 0;
}

}  // namespace chr21::cli
