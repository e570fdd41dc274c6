#pragma once

#include "store/gene_store.hpp"

#include <chrono>
#include <optional>

namespace chr21 {

// A request's time was up before the engine had answered.
class DeadlineExceeded : public StoreUnavailable {
public:
    DeadlineExceeded();
};

// Until when the questions that this thread asks a store must be answered, all of them together,
// while this object lives. One inside another ends no later than the outer one.
class RequestDeadline {
public:
    using Clock = std::chrono::steady_clock;

    explicit RequestDeadline(Clock::time_point end);
    ~RequestDeadline();
    RequestDeadline(const RequestDeadline&) = delete;
    RequestDeadline& operator=(const RequestDeadline&) = delete;
    RequestDeadline(RequestDeadline&&) = delete;
    RequestDeadline& operator=(RequestDeadline&&) = delete;

    // This thread's; absent where there is none, as while an export is loaded.
    static std::optional<Clock::time_point> current();

    // Throws DeadlineExceeded when this thread's has passed.
    static void check();

private:
    std::optional<Clock::time_point> outer_;
};

}  // namespace chr21
