#include "tests/transport/http/client.hpp"
#include "tests/transport/http/running_server.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace chr21::http::testing {
namespace {

ServerOptions small_limits() {
    ServerOptions options;
    options.head_limit = 1'000;
    options.target_limit = 100;
    options.body_limit = 50;
    return options;
}

TEST(Refusals, AnswerWhatIsNoRequestAndClose) {
    struct Case {
        std::string request;
        int status;
    };
    const std::string host = "Host: a\r\n";
    const std::string post_head = "POST /genes/lookup HTTP/1.1\r\n" + host;
    const RunningServer running(small_limits());
    for (const auto& [request, status] : {
             Case{"GET /health HTTP/1.1\r\n\r\n", 400},
             Case{"GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
             Case{"GET /health HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
             Case{"GET /health HTTP/1.1\r\nHost : a\r\n\r\n", 400},
             Case{"GET /health HTTP/1.1\r\n" + host + "a\r\n\r\n", 400},
             Case{"GET /health HTTP/1.1\r\n" + host + "X: a\x01\r\n\r\n", 400},
             Case{"GET /health HTTP/1.1\nHost: a\n\n", 400},
             Case{"GET  /health HTTP/1.1\r\n" + host + "\r\n", 400},
             Case{"GET /a b HTTP/1.1\r\n" + host + "\r\n", 400},
             Case{"GET health HTTP/1.1\r\n" + host + "\r\n", 400},
             Case{"GET * HTTP/1.1\r\n" + host + "\r\n", 400},
             Case{"GET ftp://a/ HTTP/1.1\r\n" + host + "\r\n", 400},
             Case{"GET http:///health HTTP/1.1\r\n" + host + "\r\n", 400},
             Case{"GET /health\r\n" + host + "\r\n", 400},
             Case{"GET /health HTTP/1.1 \r\n" + host + "\r\n", 400},
             Case{"G(T /health HTTP/1.1\r\n" + host + "\r\n", 400},
             Case{"\x16\x03\x01\x02 a TLS client", 400},
             Case{"GET /health HTTP/2.0\r\n" + host + "\r\n", 505},
             Case{"GET /health HTTP/0.9\r\n" + host + "\r\n", 505},
             Case{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
             Case{post_head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", 400},
             Case{post_head + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", 400},
             Case{post_head + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400},
             Case{post_head + "Content-Length: -1\r\n\r\n", 400},
             Case{post_head + "Content-Length: 0x3\r\n\r\nabc", 400},
             Case{post_head + "Content-Length: 99999999999999999999\r\n\r\n", 400},
             Case{post_head + "Content-Length:\r\n\r\n", 400},
             Case{post_head + "Transfer-Encoding: gzip\r\n\r\n", 501},
             Case{post_head + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
             Case{post_head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                  400},
             Case{"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
             Case{post_head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n", 400},
             Case{post_head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n", 400},
             Case{post_head + "Transfer-Encoding: chunked\r\n\r\n3;" + std::string(2'000, 'a'),
                  400},
             Case{post_head + "Expect: a miracle\r\n\r\n", 417},
             Case{post_head + "Content-Length: 51\r\n\r\n", 413},
             Case{post_head + "Transfer-Encoding: chunked\r\n\r\n33\r\n{", 413},
             Case{"GET /" + std::string(100, 'a') + " HTTP/1.1\r\n", 414},
             Case{"GET /" + std::string(2'000, 'a'), 414},
             Case{"GET /health HTTP/1.1\r\n" + host + "X: " + std::string(1'000, 'a'), 431},
         }) {
        auto client = running.connect();
        const auto answer = client.ask(request);
        ASSERT_TRUE(answer) << request;
        EXPECT_EQ(answer.status, status) << request << answer.body;
        EXPECT_EQ(answer.header("Connection"), "close") << request;
        EXPECT_EQ(answer.header("Content-Type"), "application/problem+json") << request;
        EXPECT_TRUE(client.sees_end()) << request;
    }
}

TEST(Refusals, LeaveNothingOfARefusedRequestToBeReadAsAnother) {
    const RunningServer running;
    auto client = running.connect();
    const auto answer = client.ask(
        "POST /genes/lookup HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
        get("/health"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(client.sees_end());
}

TEST(Refusals, ComeBehindTheAnswersBeforeThem) {
    const RunningServer running;
    auto client = running.connect();
    ASSERT_TRUE(client.send(get(gene_target(1)) + "rubbish\r\n\r\n"));
    const auto good = client.read();
    const auto bad = client.read();
    ASSERT_TRUE(good && bad);
    EXPECT_EQ(good.status, 200);
    EXPECT_EQ(bad.status, 400);
    EXPECT_TRUE(client.sees_end());
}

TEST(Refusals, ReachAClientThatIsStillSending) {
    const RunningServer running(small_limits());
    auto client = running.connect();
    ASSERT_TRUE(
        client.send("POST /genes/lookup HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n" +
                    std::string(300'000, 'a')));
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 413);
}

TEST(Refusals, TellABrokenConnectionFromAClosedOne) {
    RunningServer running;
    {
        auto client = running.connect();
        ASSERT_TRUE(client.ask("rubbish\r\n\r\n"));
    }
    EXPECT_EQ(running.next_end(), observe::ConnectionEnd::broken);
    {
        auto client = running.connect();
        ASSERT_TRUE(client.ask(get("/health")));
    }
    EXPECT_EQ(running.next_end(), observe::ConnectionEnd::closed);
}

}  // namespace
}  // namespace chr21::http::testing
