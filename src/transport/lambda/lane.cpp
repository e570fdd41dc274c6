#include "transport/lambda/lane.hpp"

#include <utility>

namespace chr21::lambda {

void Lane::open(std::shared_ptr<RuntimeApi> api) {
    const std::scoped_lock lock(mutex_);
    api_ = std::move(api);
}

void Lane::interrupt() {
    const std::scoped_lock lock(mutex_);
    if (api_) api_->interrupt();
}

void Lane::begin(std::shared_ptr<const Invocation> invocation, Clock::time_point overdue) {
    const std::scoped_lock lock(mutex_);
    is_under_way_ = std::move(invocation);
    overdue_ = overdue;
    timer_.arm(overdue);
}

bool Lane::finish(const Invocation& invocation) {
    const std::scoped_lock lock(mutex_);
    if (is_under_way_.get() != &invocation) return false;
    is_under_way_.reset();
    timer_.disarm();
    return true;
}

std::shared_ptr<const Invocation> Lane::take() {
    const std::scoped_lock lock(mutex_);
    if (Clock::now() < overdue_) return nullptr;
    timer_.disarm();
    return std::exchange(is_under_way_, nullptr);
}

}  // namespace chr21::lambda
