#include "transport/lambda/budget.hpp"

#include <gtest/gtest.h>

namespace chr21::lambda {
namespace {

using namespace std::chrono_literals;

constexpr auto now = std::chrono::sys_days{2026y / std::chrono::November / 29} + 9h;
constexpr Invocation::Clock::time_point received{1h};

std::chrono::milliseconds budget(std::optional<std::chrono::milliseconds> left,
                                 std::chrono::milliseconds ours = 5s) {
    Invocation invocation{.request_id = "1", .received = received};
    if (left) invocation.deadline = now + *left;
    return std::chrono::duration_cast<std::chrono::milliseconds>(answer_by(invocation, ours, now) -
                                                                 received);
}

TEST(Budget, IsTheSettingWhereTheFunctionEndsLater) {
    EXPECT_EQ(budget(60s), 5s);
    EXPECT_EQ(budget(5500ms), 5s);
}

TEST(Budget, IsHalfASecondLessThanTheFunctionHas) {
    EXPECT_EQ(budget(5499ms), 4999ms);
    EXPECT_EQ(budget(1s), 500ms);
}

TEST(Budget, IsTheSettingWhereNobodySaysWhenTheFunctionEnds) {
    EXPECT_EQ(budget(std::nullopt), 5s);
}

TEST(Budget, MayBeOverBeforeItBegins) {
    EXPECT_EQ(budget(100ms), -400ms);
    EXPECT_LT(budget(-10s), 0s);
}

TEST(Budget, BearsClocksThatAreFarOff) {
    EXPECT_EQ(budget(std::chrono::hours(24 * 365 * 200)), 5s);
    EXPECT_LT(budget(-std::chrono::hours(24 * 365 * 50)), 0s);
}

}  // namespace
}  // namespace chr21::lambda
