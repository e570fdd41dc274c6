#pragma once

#include <chrono>

namespace chr21::lambda {

// A timer that makes a file descriptor readable, and wakes nobody where it was disarmed in time.
// Safe to use from many threads.
class DeadlineTimer {
public:
    using Clock = std::chrono::steady_clock;

    // Throws std::system_error where the system has no descriptor left.
    DeadlineTimer();
    ~DeadlineTimer();
    DeadlineTimer(const DeadlineTimer&) = delete;
    DeadlineTimer& operator=(const DeadlineTimer&) = delete;
    DeadlineTimer(DeadlineTimer&&) = delete;
    DeadlineTimer& operator=(DeadlineTimer&&) = delete;

    int descriptor() const { return descriptor_; }

    // Readable from then on; at once where it has passed.
    void arm(Clock::time_point end) const noexcept;
    // Not readable, whatever it was.
    void disarm() const noexcept;

private:
    int descriptor_;
};

}  // namespace chr21::lambda
