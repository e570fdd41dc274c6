#include "store/request_deadline.hpp"

#include <algorithm>

namespace chr21 {
namespace {

thread_local std::optional<RequestDeadline::Clock::time_point> end_of_this_thread;

}  // namespace

DeadlineExceeded::DeadlineExceeded()
    : StoreUnavailable("no answer within the time that a request may take", true) {}

RequestDeadline::RequestDeadline(Clock::time_point end) : outer_(end_of_this_thread) {
    end_of_this_thread = std::min(end, outer_.value_or(end));
}

RequestDeadline::~RequestDeadline() { end_of_this_thread = outer_; }

std::optional<RequestDeadline::Clock::time_point> RequestDeadline::current() {
    return end_of_this_thread;
}

void RequestDeadline::check() {
    if (end_of_this_thread && Clock::now() >= *end_of_this_thread) throw DeadlineExceeded();
}

}  // namespace chr21
