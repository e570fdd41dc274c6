#include "tests/transport/http/client.hpp"
#include "tests/transport/http/running_server.hpp"

#include <chrono>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace chr21::http::testing {
namespace {

using observe::ConnectionEnd;

TEST(Timeouts, AnswerASlowHeadWith408) {
    RunningServer running({.header_timeout = 100ms});
    auto client = running.connect();
    const auto answer = client.ask("GET /health HTTP/1.1\r\nHost: a\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 408);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.sees_end());
    EXPECT_EQ(running.next_end(), ConnectionEnd::header_timeout);
}

TEST(Timeouts, CountAHeadFromItsFirstByteHoweverItDrips) {
    const RunningServer running({.header_timeout = 150ms});
    auto client = running.connect();
    for (const char byte : std::string("GET /health HTTP/1.1\r\nX: ")) {
        client.send({&byte, 1});
        std::this_thread::sleep_for(20ms);
    }
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 408);
}

TEST(Timeouts, AnswerASlowBodyWith408) {
    RunningServer running({.body_timeout = 100ms});
    auto client = running.connect();
    const auto answer =
        client.ask("POST /genes/lookup HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n123");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 408);
    EXPECT_TRUE(client.sees_end());
    EXPECT_EQ(running.next_end(), ConnectionEnd::body_timeout);
}

TEST(Timeouts, CloseAnIdleConnectionWithoutAWord) {
    RunningServer running({.idle_timeout = 100ms});
    auto silent = running.connect();
    EXPECT_TRUE(silent.sees_end());
    EXPECT_EQ(running.next_end(), ConnectionEnd::idle_timeout);
    auto once = running.connect();
    ASSERT_TRUE(once.ask(get("/health")));
    EXPECT_TRUE(once.sees_end());
    EXPECT_EQ(running.next_end(), ConnectionEnd::idle_timeout);
}

TEST(Timeouts, CutAClientThatDoesNotReadItsAnswer) {
    RunningServer running({.write_timeout = 150ms}, 40'000);
    const Client client(running.port(), 4096);
    ASSERT_TRUE(client.send(get("/genes?format=ndjson")));
    EXPECT_EQ(running.next_end(), ConnectionEnd::write_timeout);
}

TEST(Timeouts, LeaveAClientAloneThatReadsSlowly) {
    const RunningServer running({.write_timeout = 200ms}, 20'000);
    Client client(running.port(), 4096);
    ASSERT_TRUE(client.send(get("/genes?format=ndjson")));
    std::this_thread::sleep_for(100ms);
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer.body == running.body_of("/genes?format=ndjson"));
}

}  // namespace
}  // namespace chr21::http::testing
