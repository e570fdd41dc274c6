#include "store/request_deadline.hpp"

#include <chrono>
#include <optional>
#include <thread>

#include <gtest/gtest.h>

namespace chr21 {
namespace {

using namespace std::chrono_literals;
using Clock = RequestDeadline::Clock;

TEST(RequestDeadline, IsAbsentUnlessOneWasSet) {
    EXPECT_EQ(RequestDeadline::current(), std::nullopt);
    EXPECT_NO_THROW(RequestDeadline::check());
}

TEST(RequestDeadline, HoldsWhileItLives) {
    const auto end = Clock::now() + 1h;
    {
        const RequestDeadline deadline(end);
        EXPECT_EQ(RequestDeadline::current(), end);
        EXPECT_NO_THROW(RequestDeadline::check());
    }
    EXPECT_EQ(RequestDeadline::current(), std::nullopt);
}

TEST(RequestDeadline, ThrowsOnceItHasPassed) {
    const RequestDeadline deadline(Clock::now());
    EXPECT_THROW(RequestDeadline::check(), DeadlineExceeded);
}

TEST(RequestDeadline, EndsNoLaterThanTheOneAroundIt) {
    const auto end = Clock::now() + 1h;
    const RequestDeadline outer(end);
    {
        const RequestDeadline later(end + 1h);
        EXPECT_EQ(RequestDeadline::current(), end);
    }
    {
        const RequestDeadline earlier(end - 1min);
        EXPECT_EQ(RequestDeadline::current(), end - 1min);
    }
    EXPECT_EQ(RequestDeadline::current(), end);
}

TEST(RequestDeadline, IsOfOneThreadAlone) {
    const RequestDeadline deadline(Clock::now());
    std::optional<Clock::time_point> of_another = Clock::now();
    std::jthread([&] { of_another = RequestDeadline::current(); }).join();
    EXPECT_EQ(of_another, std::nullopt);
}

TEST(DeadlineExceeded, MayPass) { EXPECT_TRUE(DeadlineExceeded().may_pass()); }

}  // namespace
}  // namespace chr21
