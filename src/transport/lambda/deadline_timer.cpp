#include "transport/lambda/deadline_timer.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <sys/timerfd.h>
#include <unistd.h>

namespace chr21::lambda {

DeadlineTimer::DeadlineTimer()
    : descriptor_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "timerfd_create");
}

DeadlineTimer::~DeadlineTimer() { ::close(descriptor_); }

void DeadlineTimer::arm(Clock::time_point end) const noexcept {
    using std::chrono::nanoseconds;
    using std::chrono::seconds;
    // Zero would disarm it. steady_clock is CLOCK_MONOTONIC.
    const auto since_start = std::max(nanoseconds(end.time_since_epoch()), nanoseconds(1));
    const auto whole = std::chrono::floor<seconds>(since_start);
    const itimerspec once{
        .it_interval = {},
        .it_value = {.tv_sec = whole.count(), .tv_nsec = (since_start - whole).count()}};
    ::timerfd_settime(descriptor_, TFD_TIMER_ABSTIME, &once, nullptr);
}

void DeadlineTimer::disarm() const noexcept {
    const itimerspec never{};
    ::timerfd_settime(descriptor_, 0, &never, nullptr);
}

}  // namespace chr21::lambda
