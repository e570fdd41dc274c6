#pragma once

#include <atomic>
#include <functional>
#include <string_view>
#include <thread>

namespace chr21::cli {

// Waits in a thread of its own, which nothing but a signal wakes: the first SIGTERM or SIGINT is
// told, the second ends the process at once. SIGHUP does nothing. They must be blocked.
class EndSignals {
public:
    // `end` is called once, in that thread, with the signal's name.
    explicit EndSignals(std::function<void(std::string_view)> end);
    ~EndSignals();
    EndSignals(const EndSignals&) = delete;
    EndSignals& operator=(const EndSignals&) = delete;
    EndSignals(EndSignals&&) = delete;
    EndSignals& operator=(EndSignals&&) = delete;

private:
    void wait();

    std::function<void(std::string_view)> end_;
    std::atomic<bool> is_over_ = false;
    std::jthread thread_;
};

}  // namespace chr21::cli
