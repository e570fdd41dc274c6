#pragma once

#include "transport/lambda/invocation.hpp"

#include <algorithm>
#include <chrono>

namespace chr21::lambda {

// What is left to post an answer before the platform ends the invocation.
inline constexpr std::chrono::milliseconds time_to_post{500};
// How much later than that somebody else answers: whoever works on it is told by then that its
// time is over, and may say so better.
inline constexpr std::chrono::milliseconds time_to_give_up{100};

// Until when an invocation that was received now must be answered: within `request_deadline`, and
// half a second before the platform ends it. May have passed.
inline Invocation::Clock::time_point answer_by(const Invocation& invocation,
                                               std::chrono::milliseconds request_deadline,
                                               std::chrono::system_clock::time_point now) {
    const auto ours = invocation.received + request_deadline;
    if (!invocation.deadline) return ours;
    // A clock that is far off must not make the sum overflow.
    constexpr std::chrono::hours longest{24};
    const auto left = std::clamp<std::chrono::system_clock::duration>(
        *invocation.deadline - now, -longest, longest);
    return std::min(ours, invocation.received + left - time_to_post);
}

}  // namespace chr21::lambda
