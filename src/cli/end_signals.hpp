#pragma once

#include <atomic>
#include <functional>
#include <string_view>
#include <thread>

namespace chr21::cli {

// SIGTERM, SIGINT and SIGHUP, in this thread and those that it starts, so that only EndSignals
// receives them.
void block_minded_signals();

// Waits in a thread of its own, which nothing but a signal wakes: the first SIGTERM or SIGINT is
// told, the second ends the process at once; SIGHUP is told each time. They must be blocked.
class EndSignals {
public:
    // Both are called in that thread: `end` once, with the signal's name.
    explicit EndSignals(
        std::function<void(std::string_view)> end, std::function<void()> hang_up = [] {});
    ~EndSignals();
    EndSignals(const EndSignals&) = delete;
    EndSignals& operator=(const EndSignals&) = delete;
    EndSignals(EndSignals&&) = delete;
    EndSignals& operator=(EndSignals&&) = delete;

private:
    void wait();

    std::function<void(std::string_view)> end_;
    std::function<void()> hang_up_;
    std::atomic<bool> is_over_ = false;
    std::jthread thread_;
};

}  // namespace chr21::cli
