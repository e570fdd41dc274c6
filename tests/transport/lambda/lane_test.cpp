#include "transport/lambda/lane.hpp"

#include <chrono>
#include <memory>

#include <gtest/gtest.h>
#include <poll.h>

namespace chr21::lambda {
namespace {

using namespace std::chrono_literals;
using Clock = Lane::Clock;

std::shared_ptr<const Invocation> an_invocation() {
    return std::make_shared<const Invocation>(Invocation{.request_id = "a"});
}

bool is_readable(const Lane& lane) {
    pollfd waiting{.fd = lane.descriptor(), .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, 0) == 1;
}

TEST(Lane, GivesAnInvocationToItsPollerWhileItIsNotOverdue) {
    Lane lane;
    const auto invocation = an_invocation();
    lane.begin(invocation, Clock::now() + 1h);
    EXPECT_FALSE(is_readable(lane));
    EXPECT_EQ(lane.take(), nullptr);
    EXPECT_TRUE(lane.finish(*invocation));
}

TEST(Lane, GivesAnOverdueInvocationToWhoeverComesFirst) {
    Lane lane;
    const auto one = an_invocation();
    lane.begin(one, Clock::now() - 1ms);
    EXPECT_TRUE(is_readable(lane));
    EXPECT_EQ(lane.take(), one);
    EXPECT_FALSE(is_readable(lane));
    EXPECT_FALSE(lane.finish(*one));
    const auto other = an_invocation();
    lane.begin(other, Clock::now() - 1ms);
    EXPECT_TRUE(lane.finish(*other));
    EXPECT_FALSE(is_readable(lane));
    EXPECT_EQ(lane.take(), nullptr);
}

// Its timer may have been seen before the poller was done.
TEST(Lane, LeavesTheNextInvocationToItsPollerWhereTheOneBeforeWasOverdue) {
    Lane lane;
    const auto one = an_invocation();
    lane.begin(one, Clock::now() - 1ms);
    ASSERT_TRUE(is_readable(lane));
    ASSERT_TRUE(lane.finish(*one));
    const auto next = an_invocation();
    lane.begin(next, Clock::now() + 1h);
    EXPECT_EQ(lane.take(), nullptr);
    EXPECT_TRUE(lane.finish(*next));
}

// A poller that was answered for comes back when its lane has another one already.
TEST(Lane, DoesNotTakeALatePollerForTheOneAfterIt) {
    Lane lane;
    const auto late = an_invocation();
    lane.begin(late, Clock::now() - 1ms);
    ASSERT_EQ(lane.take(), late);
    const auto next = an_invocation();
    lane.begin(next, Clock::now() + 1h);
    EXPECT_FALSE(lane.finish(*late));
    EXPECT_TRUE(lane.finish(*next));
}

}  // namespace
}  // namespace chr21::lambda
