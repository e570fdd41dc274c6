#include "tests/transport/http/client.hpp"
#include "tests/transport/http/running_server.hpp"

#include <chrono>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace chr21::http::testing {
namespace {

constexpr std::string_view upload_head =
    "POST /genes/lookup HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    "Content-Length: 28\r\nExpect: 100-continue\r\n\r\n";
constexpr std::string_view upload_body = R"({"ids": ["ENSG00000000001"]})";

TEST(Stopping, EndsAtOnceWhenNothingIsInFlight) {
    RunningServer running;
    auto client = running.connect();
    ASSERT_TRUE(client.ask(get("/health")));
    EXPECT_EQ(running.stop_and_wait(), 0U);
    EXPECT_TRUE(client.sees_end());
}

TEST(Stopping, RefusesNewConnections) {
    RunningServer running;
    const auto port = running.port();
    running.stop_and_wait();
    EXPECT_FALSE(Client(port).connected());
}

TEST(Stopping, FinishesARequestWhoseBodyIsComing) {
    RunningServer running;
    auto client = running.connect();
    ASSERT_TRUE(client.send(upload_head));
    ASSERT_TRUE(client.read(true));  // 100: the server has the head
    running.server().stop();
    std::this_thread::sleep_for(30ms);
    EXPECT_FALSE(running.connect().connected());
    const auto answer = client.ask(upload_body);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.sees_end());
    EXPECT_EQ(running.stop_and_wait(), 0U);
}

TEST(Stopping, FinishesAnAnswerThatIsBeingSent) {
    RunningServer running({}, 20'000);
    Client client(running.port(), 4096);
    ASSERT_TRUE(client.send(get("/genes?format=ndjson")));
    std::this_thread::sleep_for(100ms);
    running.server().stop();
    std::this_thread::sleep_for(30ms);
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer.body == running.body_of("/genes?format=ndjson"));
    EXPECT_EQ(running.stop_and_wait(), 0U);
}

TEST(Stopping, LetsAPartialHeadBecomeARequest) {
    RunningServer running;
    auto client = running.connect();
    ASSERT_TRUE(client.ask(get("/health")));
    ASSERT_TRUE(client.send("GET /health HTTP/1.1\r\n"));
    std::this_thread::sleep_for(30ms);
    running.server().stop();
    std::this_thread::sleep_for(30ms);
    const auto answer = client.ask("Host: a\r\n\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_EQ(running.stop_and_wait(), 0U);
}

TEST(Stopping, CutsAndCountsWhatTakesTooLong) {
    RunningServer running({.shutdown_timeout = 100ms});
    auto uploading = running.connect();
    ASSERT_TRUE(uploading.send(upload_head));
    ASSERT_TRUE(uploading.read(true));
    auto half_a_head = running.connect();
    ASSERT_TRUE(half_a_head.send("GET /health HTTP/1.1\r\n"));
    std::this_thread::sleep_for(30ms);
    EXPECT_EQ(running.stop_and_wait(), 1U);
    EXPECT_TRUE(uploading.sees_end());
}

TEST(Stopping, CanBeAskedForBeforeAndAfterAndMoreThanOnce) {
    RunningServer running({.threads = 3});
    running.server().stop();
    running.server().stop();
    EXPECT_EQ(running.stop_and_wait(), 0U);
    running.server().stop();
}

}  // namespace
}  // namespace chr21::http::testing
