#include "tests/transport/http/client.hpp"
#include "tests/transport/http/running_server.hpp"
#include "tests/transport/http/workshop.hpp"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::http::testing {
namespace {

using Names = std::vector<std::string>;

class Workers : public ::testing::Test {
public:
    Workers() = default;
    ~Workers() override { workshop_.open(); }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

protected:
    void start(ServerOptions options = {}, service::ServiceOptions service_options = {}) {
        running_ = std::make_unique<RunningServer>(
            std::move(options), dialects_, std::move(service_options));
    }

    Client client(std::string_view request) const {
        auto one = running_->connect();
        EXPECT_TRUE(one.send(request));
        return one;
    }

    Workshop workshop_;
    std::array<const service::Dialect*, 1> dialects_ = Workshop::dialects();
    std::unique_ptr<RunningServer> running_;
};

TEST_F(Workers, AnswersLeaveInTheOrderOfTheirRequests) {
    start({.threads = 2});
    auto one = client(get("/quick") + get("/slow/a") + get("/slow/b") + get("/quick") +
                      get("/slow/c") + get("/quick"));
    EXPECT_EQ(one.read().body, "quick");  // before the gate is open
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
    workshop_.open();
    for (const auto* const body : {"a", "b", "quick", "c", "quick"}) {
        EXPECT_EQ(one.read().body, body);
    }
    EXPECT_EQ(workshop_.begun(3), (Names{"a", "b", "c"}));
    EXPECT_EQ(one.ask(get("/quick")).body, "quick");
}

TEST_F(Workers, HoldNobodyElseUp) {
    start();
    auto waiting = client(get("/slow/a"));
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
    auto other = running_->connect();
    EXPECT_EQ(other.ask(get("/quick")).body, "quick");
    workshop_.open();
    EXPECT_EQ(waiting.read().body, "a");
}

TEST_F(Workers, GetTheWholeRequest) {
    start();
    const std::string headers =
        " HTTP/1.1\r\nHost: h:1\r\nAccept: text/plain\r\nAccept-Encoding: gzip\r\n"
        "If-None-Match: \"7\"\r\nOrigin: o\r\nX-Request-Id: id1\r\nX-Forwarded-Proto: https\r\n";
    const std::string heard = "|text/plain|gzip|";
    auto one = running_->connect();
    EXPECT_EQ(one.ask("GET /echo?q=1" + headers + "\r\n").body,
              "GET|/echo?q=1|" + heard + "|\"7\"|o|id1|h:1|https");
    // What Beast read, and a body that comes in pieces.
    const std::string posted =
        "POST /echo" + headers + "Content-Type: text/a\r\nContent-Length: 6\r\nAccept: */*\r\n\r\n";
    ASSERT_TRUE(one.send(posted + "abc"));
    ASSERT_TRUE(running_->connect().ask(get("/quick")));
    EXPECT_EQ(one.ask("def").body,
              "POST|/echo|abcdef|text/plain, */*|gzip|text/a|\"7\"|o|id1|h:1|https");
}

TEST_F(Workers, RefuseWhatIsTooMuch) {
    start({.threads = 1, .queue_limit = 1});
    auto first = client(get("/slow/a"));
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
    auto second = client(get("/slow/b"));
    ASSERT_TRUE(running_->hears_of<observe::TaskQueued>(2));
    auto third = running_->connect();
    const auto refused = third.ask(get("/slow/c"));
    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_TRUE(running_->hears_of<observe::TaskRefused>(1));
    EXPECT_EQ(third.ask(get("/quick")).body, "quick");
    workshop_.open();
    EXPECT_EQ(first.read().body, "a");
    EXPECT_EQ(second.read().body, "b");
    EXPECT_EQ(third.ask(get("/slow/d")).body, "d");
    EXPECT_EQ(workshop_.begun(3), (Names{"a", "b", "d"}));
}

TEST_F(Workers, DoNotWorkForAClientThatHasGone) {
    start({.threads = 1});
    auto first = client(get("/slow/a"));
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
    auto gone = client(get("/slow/gone"));
    ASSERT_TRUE(running_->hears_of<observe::TaskQueued>(2));
    gone.reset();
    ASSERT_TRUE(running_->hears_of<observe::ConnectionEnded>(1));
    workshop_.open();
    EXPECT_EQ(first.read().body, "a");
    EXPECT_EQ(first.ask(get("/slow/b")).body, "b");
    EXPECT_EQ(workshop_.begun(2), (Names{"a", "b"}));
}

TEST_F(Workers, ForgetAnAnswerWhoseClientHasGone) {
    start({.threads = 1});
    auto gone = client(get("/slow/gone"));
    EXPECT_EQ(workshop_.begun(1), Names{"gone"});
    gone.reset();
    ASSERT_TRUE(running_->hears_of<observe::ConnectionEnded>(1));
    auto next = running_->connect();  // may have the socket's number now
    EXPECT_EQ(next.ask(get("/quick")).body, "quick");
    workshop_.open();
    EXPECT_EQ(next.ask(get("/slow/b")).body, "b");
}

TEST_F(Workers, AnswerAClientThatHasOnlyFinishedSending) {
    start();
    auto one = client(get("/slow/a") + get("/quick") + get("/slow/b"));
    one.finish_sending();
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
    ASSERT_TRUE(running_->connect().ask(get("/quick")));
    workshop_.open();
    for (const auto* const body : {"a", "quick", "b"}) EXPECT_EQ(one.read().body, body);
    EXPECT_TRUE(one.sees_end());
}

TEST_F(Workers, AreNotAskedAfterTheDeadline) {
    start({.threads = 1}, {.request_deadline = 50ms});
    auto first = client(get("/slow/a"));
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
    auto late = client(get("/slow/late"));
    ASSERT_TRUE(running_->hears_of<observe::TaskQueued>(2));
    std::this_thread::sleep_for(60ms);
    workshop_.open();
    const auto refused = late.read();
    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
}

TEST_F(Workers, FinishWhatIsInFlightAtAStop) {
    start();
    auto one = client(get("/slow/a") + get("/slow/b"));
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
    running_->server().stop();
    std::this_thread::sleep_for(30ms);
    workshop_.open();
    const auto answer = one.read();
    EXPECT_EQ(answer.body, "a");
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(one.sees_end());
    EXPECT_EQ(running_->stop_and_wait(), 0U);
    EXPECT_FALSE(running_->server().is_answering());
}

TEST_F(Workers, DoNotHoldUpAStop) {
    start({.threads = 1, .shutdown_timeout = 50ms});
    auto begun = client(get("/slow/a"));
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
    auto queued = client(get("/slow/b"));
    ASSERT_TRUE(running_->hears_of<observe::TaskQueued>(2));
    EXPECT_EQ(running_->stop_and_wait(), 2U);
    EXPECT_TRUE(running_->server().is_answering());
    workshop_.open();
    running_.reset();
    EXPECT_EQ(workshop_.begun(1), Names{"a"});
}

TEST_F(Workers, LetGoOfAnOldDataset) {
    start({.threads = 2});
    workshop_.open();
    auto one = running_->connect();
    EXPECT_EQ(one.ask(get("/slow/a")).body, "a");
    const std::weak_ptr<const OpenDataset> old = running_->shelf().active();
    running_->shelf().switch_to(numbered_dataset(5));
    running_->shelf().active();
    running_->server().let_go_of_old_dataset();
    for (int turn = 0; turn < 5000 && !old.expired(); ++turn) std::this_thread::sleep_for(1ms);
    EXPECT_TRUE(old.expired());
}

// Requests that cost little each, in one batch.
std::string batch_of_spins(std::size_t count) {
    std::string batch;
    for (std::size_t i = 0; i < count; ++i) batch += get("/spin");
    return batch;
}

TEST_F(Workers, OthersComeBetweenTheTurnsOfALongBatch) {
    constexpr std::size_t many = 150;
    start({.threads = 1});
    auto other = running_->connect();
    ASSERT_TRUE(other.ask(get("/quick")));
    auto busy = client(batch_of_spins(many));
    ASSERT_TRUE(busy.read());
    EXPECT_EQ(other.ask(get("/quick")).body, "quick");
    EXPECT_LT(workshop_.spins(), many);
    for (std::size_t i = 1; i < many; ++i) EXPECT_EQ(busy.read().body, "spun");
}

TEST_F(Workers, AStopComesBetweenTheTurnsOfALongBatch) {
    constexpr std::size_t many = 150;
    start({.threads = 1});
    auto busy = client(batch_of_spins(many));
    ASSERT_TRUE(busy.read());
    EXPECT_EQ(running_->stop_and_wait(), 0U);
    EXPECT_LT(workshop_.spins(), many);
    auto last = busy.read();
    while (last && last.header("Connection") != "close") last = busy.read();
    EXPECT_EQ(last.body, "spun");
    EXPECT_TRUE(busy.sees_end());
}

TEST_F(Workers, AClientThatResetsBetweenTurnsIsGone) {
    constexpr std::size_t many = 150;
    start({.threads = 1});
    auto busy = client(batch_of_spins(many));
    ASSERT_TRUE(busy.read());
    busy.reset();
    ASSERT_TRUE(running_->hears_of<observe::ConnectionEnded>(1));
    EXPECT_LT(workshop_.spins(), many);
}

}  // namespace
}  // namespace chr21::http::testing
