#include "https/client.hpp"

#include "tests/https/scripted_server.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::https {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using Pieces = std::vector<std::string>;

Request get(const std::string& url) { return {.url = url, .allows_loopback_http = true}; }

std::string refusal(const Request& request) {
    const auto answer = send(request);
    return answer ? "" : answer.error().message;
}

TEST(Send, ReadsABodyHoweverItsEndIsTold) {
    for (const auto& pieces : std::vector<Pieces>{
             {"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabcdef"},
             {"HTTP/1.1 200 OK\r\nContent-", "Length: 6\r\n", "\r\nabc", "def"},
             {"HTTP/1.0 200 OK\r\n\r\nabc", "def"},
             {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
              "3\r\nabc\r\n3;x=y\r\ndef\r\n0\r\n\r\n"},
             {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r",
              "\nab",
              "c\r\n",
              "3\r\ndef\r",
              "\n0",
              "\r\n",
              "\r",
              "\n"},
             {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n0\r\nTrailer:",
              " x\r\n\r\n"},
             {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n",
              "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabcdef"},
         }) {
        const ScriptedServer server({{.pieces = pieces}});
        const auto answer = send(get(server.url()));
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->status, 200);
        EXPECT_EQ(answer->body, "abcdef") << pieces.front();
    }
}

TEST(Send, RefusesAnAnswerThatIsNotWhole) {
    struct Case {
        Pieces pieces;
        std::string reason;
    };
    for (const auto& [pieces, reason] : {
             Case{{"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabcde"}, "a partial file"},
             Case{{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabc"}, "partial"},
             Case{{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"},
                  "partial"},
             Case{{"HTTP/1.1 200 OK\r\nContent-Le"}, "without an answer"},
             Case{{}, "without an answer"},
             Case{{"SSH-2.0-OpenSSH_9.2\r\n"}, "does not answer in HTTP"},
             Case{{"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nContent-Length: 7\r\n\r\nabcdef"},
                  "does not answer in HTTP"},
             Case{{"HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x')}, "does not answer in HTTP"},
         }) {
        const ScriptedServer server({{.pieces = pieces}});
        EXPECT_THAT(refusal(get(server.url("/a?secret"))),
                    StartsWith(server.url("/a") + " cannot be read: "));
        const ScriptedServer again({{.pieces = pieces}});
        EXPECT_THAT(refusal(get(again.url())), HasSubstr(reason));
    }
}

TEST(Send, AsksWithMethodFieldsAndBody) {
    ScriptedServer server({
        {.pieces = {"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2-3/6\r\n"
                    "Content-Length: 2\r\n\r\ncd"}},
        {.pieces = {"HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nwhy"},
         .ends_with = "{\"a\":1}"},
        {.pieces = {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"}},
    });
    auto request = get(server.url("/part"));
    request.fields = {{.name = "Range", .value = "bytes=2-3"}};
    const auto part = send(request);
    ASSERT_TRUE(part) << part.error().message;
    EXPECT_EQ(part->status, 206);
    EXPECT_EQ(part->body, "cd");
    EXPECT_EQ(part->field("content-RANGE"), "bytes 2-3/6");
    EXPECT_EQ(part->field("Content"), "");

    request = get(server.url("/"));
    request.method = "POST";
    request.fields = {{.name = "X-Amz-Target", .value = "secretsmanager.GetSecretValue"}};
    request.body = "{\"a\":1}";
    const auto posted = send(request);
    ASSERT_TRUE(posted) << posted.error().message;
    EXPECT_EQ(posted->status, 400);
    EXPECT_EQ(posted->body, "why");

    request = get(server.url("/head"));
    request.method = "HEAD";
    const auto head = send(request);
    ASSERT_TRUE(head) << head.error().message;
    EXPECT_EQ(head->field("Content-Length"), "100");

    const auto asked = server.requests();
    const auto authority = server.url("").substr(7);
    EXPECT_EQ(asked.at(0),
              "GET /part HTTP/1.1\r\nHost: " + authority +
                  "\r\nUser-Agent: chr21\r\nConnection: close\r\nRange: bytes=2-3\r\n\r\n");
    EXPECT_EQ(asked.at(1),
              "POST / HTTP/1.1\r\nHost: " + authority +
                  "\r\nUser-Agent: chr21\r\nConnection: close\r\nX-Amz-Target: "
                  "secretsmanager.GetSecretValue\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
    EXPECT_THAT(asked.at(2), StartsWith("HEAD /head HTTP/1.1\r\n"));
}

TEST(Send, SendsTheUserOfAUrlAsAField) {
    ScriptedServer server({{.pieces = {"HTTP/1.1 204 No Content\r\n\r\n"}}});
    auto url = server.url();
    url.insert(url.find("//") + 2, "me:p%40w@");
    EXPECT_TRUE(send(get(url)));
    EXPECT_THAT(server.requests().at(0), HasSubstr("\r\nAuthorization: Basic bWU6cEB3\r\n"));
}

TEST(Send, GivesABodyToItsSinkPieceByPiece) {
    const ScriptedServer server({
        {.pieces = {"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc", "def"}},
        {.pieces = {"HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nwhy"}},
    });
    std::string taken;
    auto request = get(server.url());
    request.sink = [&](std::string_view bytes) { taken.append(bytes).append("|"); };
    const auto answer = send(request);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "");
    EXPECT_EQ(taken, "abc|def|");
    EXPECT_EQ(send(request)->body, "why");
    EXPECT_EQ(taken, "abc|def|");
}

TEST(Send, StopsAtTheMostBytes) {
    for (const std::string head : {"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n",
                                   "HTTP/1.0 200 OK\r\n\r\n",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n"}) {
        const ScriptedServer server({{.pieces = {head + "abcdef\r\n0\r\n\r\n"}}});
        auto request = get(server.url());
        request.limits.most = 5;
        EXPECT_EQ(refusal(request), server.url() + " is longer than 5 bytes, which is the limit");
    }
    const ScriptedServer server(
        {{.pieces = {"HTTP/1.0 500 Broken\r\n\r\n" + std::string(100'000, 'x')}}});
    const auto broken = send(get(server.url()));
    ASSERT_TRUE(broken) << broken.error().message;
    EXPECT_EQ(broken->status, 500);
    EXPECT_LE(broken->body.size(), 65'536U);
}

TEST(Send, GivesUpWhereNothingComes) {
    const std::vector<Pieces> scripts = {
        {},
        {"HTTP/1.1 200 OK\r\n"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc"},
    };
    for (const auto& pieces : scripts) {
        for (const bool is_total : {false, true}) {
            const ScriptedServer server({{.pieces = pieces, .stays_open = true}});
            auto request = get(server.url());
            (is_total ? request.limits.total : request.limits.stall) = 100ms;
            const auto began = std::chrono::steady_clock::now();
            EXPECT_EQ(
                refusal(request),
                server.url() + " cannot be read: Timeout was reached: the answer took too long");
            EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
        }
    }
}

TEST(Send, GivesUpWhereBytesOnlyTrickle) {
    Pieces pieces(400, "x");
    pieces.front() = "HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n";
    const ScriptedServer server({{.pieces = pieces}});
    auto request = get(server.url());
    request.limits.stall = 200ms;
    request.limits.stall_bytes = 1000;
    EXPECT_THAT(refusal(request), HasSubstr("took too long"));
}

TEST(Send, RefusesWhatIsNotEncryptedUnlessItMayStayOnThisMachine) {
    EXPECT_THAT(refusal({.url = "http://127.0.0.1/"}), HasSubstr("is not encrypted"));
    EXPECT_THAT(refusal(get("http://example.org/?secret")),
                "http://example.org/ is not encrypted: use https://; http:// is for this machine "
                "alone");
    EXPECT_THAT(refusal(get("ftp://example.org/")), HasSubstr("only https:// URLs can"));
}

TEST(Send, FollowsNoRedirectToHttp) {
    const ScriptedServer server({
        {.pieces = {"HTTP/1.1 302 Found\r\nLocation: /elsewhere?secret\r\n\r\n"}},
        {.pieces = {"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"}},
    });
    EXPECT_EQ(refusal(get(server.url())),
              server.url() +
                  " cannot be read: Unsupported protocol: it leads to /elsewhere, and redirects "
                  "are followed to https:// only");
    auto post = get(server.url());
    post.method = "POST";
    EXPECT_EQ(send(post)->status, 302);
}

TEST(Send, RefusesFieldsThatHoldTheEndOfALine) {
    auto request = get("http://127.0.0.1:1/");
    request.fields = {{.name = "X", .value = "a\r\nHost: b"}};
    EXPECT_THAT(refusal(request), HasSubstr("holds the end of a line"));
}

TEST(Send, SaysWhereNobodyListens) {
    std::string url;
    {
        const ScriptedServer server({});
        url = server.url();
    }
    EXPECT_THAT(refusal(get(url)), StartsWith(url + " cannot be read: Couldn't connect to 127.0."));
}

}  // namespace
}  // namespace chr21::https
