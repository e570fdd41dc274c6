#pragma once

#include "transport/lambda/deadline_timer.hpp"
#include "transport/lambda/invocation.hpp"
#include "transport/lambda/runtime_api.hpp"

#include <memory>
#include <mutex>

namespace chr21::lambda {

// A place for one invocation at a time. Its poller, and whoever answers in the poller's stead when
// the budget is over, ask here which of them may. Safe to use from many threads.
class Lane {
public:
    using Clock = DeadlineTimer::Clock;

    // Readable when the invocation under way is overdue.
    int descriptor() const { return timer_.descriptor(); }

    // Whose next() interrupt() ends; at most one poller waits here at a time.
    void open(std::shared_ptr<RuntimeApi> api);
    void interrupt();

    // `overdue`: from when on somebody else may answer it.
    void begin(std::shared_ptr<const Invocation> invocation, Clock::time_point overdue);
    // Whether the poller may answer it; it may not where it has been taken meanwhile.
    bool finish(const Invocation& invocation);
    // What is to be answered in the poller's stead; null where it has finished after all, also
    // where the next one is under way.
    std::shared_ptr<const Invocation> take();

private:
    DeadlineTimer timer_;
    std::mutex mutex_;
    std::shared_ptr<RuntimeApi> api_;                 // under mutex_
    std::shared_ptr<const Invocation> is_under_way_;  // under mutex_
    Clock::time_point overdue_;                       // likewise, from when on
};

}  // namespace chr21::lambda
