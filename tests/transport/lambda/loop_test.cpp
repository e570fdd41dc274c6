#include "transport/lambda/loop.hpp"

#include "observe/current_invocation.hpp"
#include "tests/transport/lambda/fake_platform.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::lambda {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;
using Answer = std::expected<std::string, Failure>;

Answer echo(const Invocation& invocation) { return "echo of " + invocation.event; }
Answer too_late(const Invocation& invocation) { return "too late: " + invocation.event; }

// What an observer was told, as words.
class Told {
public:
    void operator()(const observe::Event& event) {
        const auto* const facts = observe::CurrentInvocation::find();
        const std::string of = facts == nullptr ? "" : " " + std::string(facts->request_id);
        const std::scoped_lock lock(mutex_);
        if (const auto* failed = std::get_if<observe::InvocationFailed>(&event)) {
            all_.push_back("failed" + of + ": " + std::string(failed->type));
        } else if (std::holds_alternative<observe::InvocationOverdue>(event)) {
            all_.push_back("overdue" + of);
        } else if (const auto* refused = std::get_if<observe::AnswerRefused>(&event)) {
            all_.push_back("refused" + of + ": " + std::string(refused->reason));
        }
    }
    std::vector<std::string> all() const {
        const std::scoped_lock lock(mutex_);
        return all_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> all_;
};

// A loop in a thread of its own, stopped in the end.
class RunningLoop {
public:
    RunningLoop(const testing::FakePlatform& platform, Work work, LoopOptions options = {})
        : loop_(with(std::move(options), platform), std::move(work), observer_),
          ended_(std::async(std::launch::async, [this] { return loop_.run(); })) {}
    ~RunningLoop() { loop_.stop(); }
    RunningLoop(const RunningLoop&) = delete;
    RunningLoop& operator=(const RunningLoop&) = delete;
    RunningLoop(RunningLoop&&) = delete;
    RunningLoop& operator=(RunningLoop&&) = delete;

    Loop& loop() { return loop_; }
    auto end() { return ended_.get(); }
    std::vector<std::string> told() const { return told_.all(); }

private:
    static LoopOptions with(LoopOptions options, const testing::FakePlatform& platform) {
        options.runtime_api = platform.address();
        return options;
    }

    Told told_;
    observe::Observer observer_ = [this](const observe::Event& event) { told_(event); };
    Loop loop_;
    std::future<std::expected<std::uint64_t, std::string>> ended_;
};

// Work that is under way until it may end.
struct HeldWork {
    std::latch has_begun{1};
    std::latch may_end{1};

    Work work() {
        return {.answer =
                    [this](const Invocation& invocation) {
                        has_begun.count_down();
                        may_end.wait();
                        return echo(invocation);
                    },
                .out_of_time = too_late};
    }
};

TEST(Loop, AnswersOneEventAfterTheOther) {
    testing::FakePlatform platform;
    for (const auto* const id : {"a", "b", "c"}) platform.invoke(id);
    RunningLoop running(platform, {.answer = echo, .out_of_time = too_late});
    EXPECT_THAT(
        platform.wait_for_posts(3),
        ElementsAre("a/response echo of a", "b/response echo of b", "c/response echo of c"));
    running.loop().stop();
    EXPECT_EQ(running.end(), 0U);
    EXPECT_TRUE(running.told().empty());
}

TEST(Loop, TellsTheHandlerWhichInvocationIsTheFirstAndHowLongItHas) {
    testing::FakePlatform platform;
    for (const auto* const id : {"a", "b"}) platform.invoke(id, 60s);
    const auto describe = [](const Invocation& invocation) -> Answer {
        const auto budget = invocation.answer_by - invocation.received;
        const auto* const facts = observe::CurrentInvocation::find();
        return std::string(invocation.is_first ? "first" : "later") +
               (budget == 5s ? " 5s" : " other") +
               (facts->request_id == invocation.event ? "!" : "");
    };
    const RunningLoop running(platform, {.answer = describe, .out_of_time = too_late});
    EXPECT_THAT(platform.wait_for_posts(2),
                ElementsAre("a/response first 5s!", "b/response later 5s!"));
}

TEST(Loop, PostsAFailureAndGoesOn) {
    testing::FakePlatform platform;
    const auto fail = [](const Invocation& invocation) -> Answer {
        if (invocation.event == "b") return echo(invocation);
        return std::unexpected(Failure{.type = "Function.UnknownEvent", .message = "what?"});
    };
    for (const auto* const id : {"a", "b"}) platform.invoke(id);
    const RunningLoop running(platform, {.answer = fail, .out_of_time = too_late});
    EXPECT_THAT(platform.wait_for_posts(2),
                ElementsAre("a/error {\"errorType\":\"Function.UnknownEvent\","
                            "\"errorMessage\":\"what?\",\"stackTrace\":[]}",
                            "b/response echo of b"));
    EXPECT_THAT(running.told(), ElementsAre("failed a: Function.UnknownEvent"));
}

TEST(Loop, PostsAnExceptionAndEnds) {
    testing::FakePlatform platform;
    platform.invoke("a");
    RunningLoop running(platform,
                        {.answer = [](const Invocation& /*invocation*/) -> Answer {
                             throw std::runtime_error("no memory");
                         },
                         .out_of_time = too_late});
    const auto end = running.end();
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error(), "unexpected exception: no memory");
    EXPECT_THAT(platform.wait_for_posts(1),
                ElementsAre("a/error {\"errorType\":\"Runtime.UnhandledException\","
                            "\"errorMessage\":\"no memory\",\"stackTrace\":[]}"));
}

TEST(Loop, GoesOnWhereAnAnswerIsNotTaken) {
    for (const auto* const status : {"403 Forbidden", "410 Gone", "413 Too Large", "400 Bad"}) {
        testing::FakePlatform platform;
        platform.answer_posts_with(status);
        for (const auto* const id : {"a", "b"}) platform.invoke(id);
        RunningLoop running(platform, {.answer = echo, .out_of_time = too_late});
        EXPECT_EQ(platform.wait_for_posts(2).size(), 2U) << status;
        running.loop().stop();
        EXPECT_EQ(running.end(), 0U) << status;
        EXPECT_EQ(running.told().size(), 2U) << status;
    }
}

TEST(Loop, EndsWhereThePlatformHasFailed) {
    testing::FakePlatform platform;
    platform.answer_posts_with("500 Internal Server Error");
    platform.invoke("a");
    RunningLoop running(platform, {.answer = echo, .out_of_time = too_late});
    const auto end = running.end();
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error(),
              "the Runtime API answered 500 to /2018-06-01/runtime/invocation/a/response");
}

// Works on what is called "slow" until it may end.
class SlowWork {
public:
    Work work() {
        return {.answer =
                    [this](const Invocation& invocation) {
                        if (invocation.event.starts_with("slow")) may_end_.wait();
                        return echo(invocation);
                    },
                .out_of_time = too_late};
    }
    void end() { may_end_.count_down(); }

private:
    std::latch may_end_{1};
};

TEST(Loop, AnswersForWhatTakesTooLongAndGoesOn) {
    testing::FakePlatform platform;
    SlowWork slow;
    RunningLoop running(platform, slow.work());
    platform.invoke("slow", 400ms);
    for (const auto* const id : {"a", "b"}) platform.invoke(id);
    const auto in_time = platform.wait_for_posts(3);
    EXPECT_TRUE(running.loop().is_answering());
    slow.end();
    platform.invoke("c");
    // Nor is the late answer of the first one posted after all.
    EXPECT_THAT(platform.wait_for_posts(4),
                ElementsAre("slow/response too late: slow",
                            "a/response echo of a",
                            "b/response echo of b",
                            "c/response echo of c"));
    EXPECT_EQ(in_time.size(), 3U);
    EXPECT_THAT(running.told(), ElementsAre("overdue slow"));
}

TEST(Loop, AnswersBeforeThePlatformEndsTheInvocation) {
    testing::FakePlatform platform;
    SlowWork slow;
    const RunningLoop running(platform, slow.work());
    platform.invoke("slow", 400ms);  // which is less than it takes to post an answer
    EXPECT_THAT(platform.wait_for_posts(1), ElementsAre("slow/response too late: slow"));
    slow.end();
}

TEST(Loop, EndsWhereTooManyInvocationsAreLeftBehind) {
    testing::FakePlatform platform;
    SlowWork slow;
    RunningLoop running(platform, slow.work(), {.request_deadline = 1ms});
    for (int number = 0; number < 16; ++number) platform.invoke("slow-" + std::to_string(number));
    const auto end = running.end();
    EXPECT_EQ(platform.wait_for_posts(16).size(), 16U);
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error(), "too many invocations have not ended with their budget");
    slow.end();
}

TEST(Loop, AsksForAsManyEventsAsThereArePollers) {
    constexpr unsigned pollers = 4;
    testing::FakePlatform platform;
    std::latch together(pollers);
    const auto wait_for_all = [&](const Invocation& invocation) {
        together.arrive_and_wait();
        return echo(invocation);
    };
    const RunningLoop running(
        platform, {.answer = wait_for_all, .out_of_time = too_late}, {.pollers = pollers});
    ASSERT_TRUE(platform.wait_for_pollers(pollers));
    for (const auto* const id : {"a", "b", "c", "d"}) platform.invoke(id);
    EXPECT_THAT(platform.wait_for_posts(pollers),
                UnorderedElementsAre("a/response echo of a",
                                     "b/response echo of b",
                                     "c/response echo of c",
                                     "d/response echo of d"));
}

TEST(Loop, LetsAnInvocationUnderWayFinishWhenItIsStopped) {
    testing::FakePlatform platform;
    HeldWork held;
    RunningLoop running(platform, held.work(), {.pollers = 2});
    platform.invoke("a");
    held.has_begun.wait();
    running.loop().stop();
    held.may_end.count_down();
    EXPECT_EQ(running.end(), 0U);
    EXPECT_THAT(platform.wait_for_posts(1), ElementsAre("a/response echo of a"));
}

TEST(Loop, WaitsAtAStopNoLongerThanItMay) {
    testing::FakePlatform platform;
    HeldWork held;
    RunningLoop running(platform, held.work(), {.shutdown_timeout = 1ms});
    platform.invoke("a");
    held.has_begun.wait();
    running.loop().stop();
    EXPECT_EQ(running.end(), 1U);
    EXPECT_TRUE(running.loop().is_answering());
    held.may_end.count_down();
}

}  // namespace
}  // namespace chr21::lambda
