#include "transport/lambda/runtime_api.hpp"

#include "tests/transport/lambda/tcp_listener.hpp"
#include "text/version.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::lambda {
namespace {

using testing::Asked;
using testing::TcpListener;
using Pieces = std::vector<std::string>;

constexpr std::string_view event = R"({"name":"Größe"})";

std::string with_length(std::string_view status_and_fields, std::string_view body) {
    return "HTTP/1.1 " + std::string(status_and_fields) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string one_event(std::string_view further_fields = "") {
    return with_length(
        "200 OK\r\nLambda-Runtime-Aws-Request-Id: a-1\r\n" + std::string(further_fields), event);
}

RuntimeApi api_at(const TcpListener& listener) {
    return RuntimeApi(Address{.host = "127.0.0.1", .port = listener.port()});
}

// What next() makes of the bytes.
std::expected<Invocation, std::string> next_of(const Pieces& pieces) {
    const TcpListener listener([&](const Asked& /*asked*/) { return pieces; });
    auto api = api_at(listener);
    return api.next();
}

TEST(RuntimeApi, ReadsAnInvocationWhateverTheCaseOfItsFields) {
    const auto invocation =
        next_of({with_length("200 OK\r\n"
                             "lambda-runtime-aws-request-id: a-1\r\n"
                             "LAMBDA-RUNTIME-DEADLINE-MS: 1795942800123\r\n"
                             "Lambda-Runtime-Trace-Id: Root=1-a;X=?\r\n"
                             "Lambda-Runtime-Invoked-Function-Arn: arn:f:2\r\n"
                             "Lambda-Runtime-Invocation-Id: nonce=/+\r\n",
                             event)});
    ASSERT_TRUE(invocation) << invocation.error();
    EXPECT_EQ(invocation->request_id, "a-1");
    EXPECT_EQ(invocation->deadline.value().time_since_epoch(),
              std::chrono::milliseconds(1'795'942'800'123));
    EXPECT_EQ(invocation->trace_id, "Root=1-a;X=?");
    EXPECT_EQ(invocation->function_arn, "arn:f:2");
    EXPECT_EQ(invocation->invocation_id, "nonce=/+");
    EXPECT_EQ(invocation->event, event);
}

TEST(RuntimeApi, AsksForTheNextEventByName) {
    const TcpListener listener([](const Asked& /*asked*/) { return Pieces{one_event()}; });
    auto api = api_at(listener);
    ASSERT_TRUE(api.next());
    const auto asked = listener.asked().front();
    EXPECT_EQ(asked.line(), "GET /2018-06-01/runtime/invocation/next");
    EXPECT_TRUE(asked.has("Host: 127.0.0.1:" + listener.port()));
    EXPECT_TRUE(asked.has("User-Agent: chr21/" + std::string(version)));
}

TEST(RuntimeApi, GoesWithoutWhatThePlatformDoesNotSay) {
    const auto invocation = next_of({one_event()});
    ASSERT_TRUE(invocation) << invocation.error();
    EXPECT_EQ(invocation->deadline, std::nullopt);
    EXPECT_EQ(invocation->trace_id, "");
    EXPECT_EQ(invocation->invocation_id, "");
}

TEST(RuntimeApi, TakesADeadlineThatIsNoTimeForNone) {
    for (const auto* const text : {"soon", "-1", "1e3", "12x", "99999999999999999999"}) {
        const auto invocation =
            next_of({one_event("Lambda-Runtime-Deadline-Ms: " + std::string(text) + "\r\n")});
        ASSERT_TRUE(invocation) << invocation.error();
        EXPECT_EQ(invocation->deadline, std::nullopt) << text;
    }
}

TEST(RuntimeApi, ReadsAnEventInAnyPieces) {
    const std::string head = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a-1\r\n";
    const std::string chunked = head +
                                "Transfer-Encoding: chunked\r\n\r\n"
                                "7\r\n{\"name\"\r\nb\r\n:\"Gr\xC3\xB6\xC3\x9F\x65\"}\r\n0\r\n\r\n";
    Pieces single_bytes;
    for (const char byte : chunked) single_bytes.emplace_back(1, byte);
    for (const auto& pieces : {Pieces{chunked},
                               single_bytes,
                               Pieces{head,
                                      "Content-Length: 18\r\n\r",
                                      "\n{",
                                      R"("name)",
                                      "\":\"Gr\xC3",
                                      "\xB6\xC3\x9F\x65\"}"}}) {
        const auto invocation = next_of(pieces);
        ASSERT_TRUE(invocation) << invocation.error();
        EXPECT_EQ(invocation->event, event);
    }
}

TEST(RuntimeApi, RefusesWhatItCouldNotAnswer) {
    struct Case {
        std::string answer;
        std::string complaint;
    };
    const std::string ok = "200 OK\r\n";
    const std::string id = "Lambda-Runtime-Aws-Request-Id: ";
    for (const auto& [answer, complaint] :
         {Case{with_length(ok, event), "Request-Id"},
          Case{with_length(ok + id + "\r\n", event), "Request-Id"},
          Case{with_length(ok + id + "a/../b\r\n", event), "Request-Id"},
          Case{with_length(ok + id + "a b\r\n", event), "Request-Id"},
          Case{one_event("Lambda-Runtime-Invocation-Id: a\tb\r\n"), "Invocation-Id"},
          Case{with_length("500 Internal Server Error\r\n", event), "500"},
          Case{with_length("403 Forbidden\r\n", event), "403"},
          Case{"no HTTP at all\r\n\r\n", "no answer"}}) {
        const auto invocation = next_of({answer});
        ASSERT_FALSE(invocation) << answer;
        EXPECT_TRUE(invocation.error().contains(complaint)) << invocation.error();
    }
}

// A line break in it would be the end of a field of our own.
TEST(RuntimeApi, NeverSendsALineBreakOfAnInvocationIdBack) {
    for (const auto* const broken : {"a\r\n b", "a\n b", "a\rb"}) {
        const TcpListener listener([&](const Asked& asked) {
            if (!asked.line().contains("next")) return Pieces{with_length("202 Accepted\r\n", "")};
            return Pieces{
                one_event("Lambda-Runtime-Invocation-Id: " + std::string(broken) + "\r\n")};
        });
        auto api = api_at(listener);
        const auto invocation = api.next();
        if (!invocation) continue;
        ASSERT_TRUE(api.answer(*invocation, "{}"));
        EXPECT_FALSE(invocation->invocation_id.find_first_of("\r\n") != std::string::npos);
    }
}

TEST(RuntimeApi, PostsAnAnswerWithTheInvocationIdThatItWasGiven) {
    const TcpListener listener(
        [](const Asked& /*asked*/) { return Pieces{with_length("202 Accepted\r\n", "{}")}; });
    auto api = api_at(listener);
    EXPECT_EQ(api.answer({.request_id = "a-1", .invocation_id = "n=1"}, event), Posted::accepted);
    EXPECT_EQ(api.answer({.request_id = "a-2"}, "{}"), Posted::accepted);
    const auto asked = listener.asked();
    EXPECT_EQ(asked[0].line(), "POST /2018-06-01/runtime/invocation/a-1/response");
    EXPECT_TRUE(asked[0].has("Lambda-Runtime-Invocation-Id: n=1"));
    EXPECT_EQ(asked[0].body, event);
    EXPECT_EQ(asked[1].line(), "POST /2018-06-01/runtime/invocation/a-2/response");
    EXPECT_FALSE(asked[1].head.contains("Invocation-Id"));
    EXPECT_EQ(listener.connections(), 1U);
}

TEST(RuntimeApi, PostsFailuresWithTheirType) {
    const TcpListener listener(
        [](const Asked& /*asked*/) { return Pieces{with_length("202 Accepted\r\n", "{}")}; });
    auto api = api_at(listener);
    const Failure failure{.type = "Function.UnknownEvent", .message = "no \"event\" für uns"};
    EXPECT_EQ(api.fail({.request_id = "a-1", .invocation_id = "n"}, failure), Posted::accepted);
    EXPECT_EQ(api.fail_start(failure), Posted::accepted);
    const auto asked = listener.asked();
    EXPECT_EQ(asked[0].line(), "POST /2018-06-01/runtime/invocation/a-1/error");
    EXPECT_TRUE(asked[0].has("Lambda-Runtime-Invocation-Id: n"));
    EXPECT_EQ(asked[1].line(), "POST /2018-06-01/runtime/init/error");
    for (const auto& post : asked) {
        EXPECT_TRUE(post.has("Lambda-Runtime-Function-Error-Type: Function.UnknownEvent"));
        EXPECT_EQ(post.body,
                  R"({"errorType":"Function.UnknownEvent",)"
                  R"("errorMessage":"no \"event\" für uns","stackTrace":[]})");
    }
}

TEST(RuntimeApi, TellsWhatBecameOfAnAnswer) {
    struct Case {
        std::string status;
        std::expected<Posted, std::string> outcome;
    };
    for (const auto& [status, outcome] :
         {Case{"200 OK", Posted::accepted},
          Case{"202 Accepted", Posted::accepted},
          Case{"400 Bad Request", Posted::refused},
          Case{"403 Forbidden", Posted::too_late},
          Case{"410 Gone", Posted::too_late},
          Case{"413 Payload Too Large", Posted::too_large},
          Case{"500 Internal Server Error",
               std::unexpected("the Runtime API answered 500 to "
                               "/2018-06-01/runtime/invocation/a-1/response")}}) {
        const TcpListener listener(
            [&](const Asked& /*asked*/) { return Pieces{with_length(status + "\r\n", "{}")}; });
        auto api = api_at(listener);
        EXPECT_EQ(api.answer({.request_id = "a-1"}, "{}"), outcome) << status;
    }
}

TEST(RuntimeApi, OpensAnotherConnectionWhereTheOldOneIsDead) {
    std::atomic<int> count = 0;
    const TcpListener listener([&](const Asked& /*asked*/) {
        return ++count == 2 ? Pieces{} : Pieces{with_length("202 Accepted\r\n", "{}")};
    });
    auto api = api_at(listener);
    ASSERT_TRUE(api.answer({.request_id = "a-1"}, "{}"));
    EXPECT_EQ(api.answer({.request_id = "a-2"}, "{}"), Posted::accepted);
    EXPECT_EQ(listener.connections(), 2U);
}

TEST(RuntimeApi, OpensAnotherConnectionWhereItWasToldTo) {
    const TcpListener listener([](const Asked& /*asked*/) {
        return Pieces{with_length("202 Accepted\r\nConnection: close\r\n", "{}")};
    });
    auto api = api_at(listener);
    for (const auto* const id : {"a-1", "a-2", "a-3"}) {
        EXPECT_EQ(api.answer({.request_id = id}, "{}"), Posted::accepted);
    }
    EXPECT_EQ(listener.connections(), 3U);
}

TEST(RuntimeApi, TriesNoThirdConnection) {
    std::atomic<int> count = 0;
    const TcpListener listener([&](const Asked& /*asked*/) {
        return ++count > 1 ? Pieces{} : Pieces{with_length("202 Accepted\r\n", "{}")};
    });
    auto api = api_at(listener);
    ASSERT_TRUE(api.answer({.request_id = "a-1"}, "{}"));
    const auto posted = api.answer({.request_id = "a-2"}, "{}");
    ASSERT_FALSE(posted);
    EXPECT_TRUE(posted.error().contains("closed")) << posted.error();
    EXPECT_EQ(listener.connections(), 2U);
}

// It may have been taken.
TEST(RuntimeApi, SendsNothingAgainOnceAnAnswerHasBegun) {
    std::atomic<int> count = 0;
    const TcpListener listener(
        [&](const Asked& /*asked*/) {
            return ++count == 1 ? Pieces{with_length("202 Accepted\r\n", "{}")}
                                : Pieces{"HTTP/1.1 202 Acc"};
        },
        2);
    auto api = api_at(listener);
    ASSERT_TRUE(api.answer({.request_id = "a-1"}, "{}"));
    EXPECT_FALSE(api.answer({.request_id = "a-2"}, "{}"));
    EXPECT_EQ(listener.asked().size(), 2U);
}

TEST(RuntimeApi, SaysWhereNobodyListens) {
    std::string port;
    {
        const TcpListener gone([](const Asked& /*asked*/) { return Pieces{}; });
        port = gone.port();
    }
    RuntimeApi api(Address{.host = "127.0.0.1", .port = port});
    const auto invocation = api.next();
    ASSERT_FALSE(invocation);
    EXPECT_EQ(invocation.error(),
              "the Runtime API at 127.0.0.1:" + port + ": cannot connect: Connection refused");
}

TEST(RuntimeApi, LetsAnotherThreadEndItsWait) {
    std::atomic<bool> is_waiting = false;
    std::atomic<bool> is_over = false;
    const TcpListener listener([&](const Asked& /*asked*/) {
        is_waiting = true;
        is_waiting.notify_one();
        is_over.wait(false);
        return Pieces{};
    });
    auto api = api_at(listener);
    const std::jthread interrupting([&] {
        is_waiting.wait(false);
        api.interrupt();
    });
    EXPECT_FALSE(api.next());
    EXPECT_FALSE(api.next());  // nor does it wait again
    is_over = true;
    is_over.notify_all();
    EXPECT_EQ(listener.asked().size(), 1U);
}

}  // namespace
}  // namespace chr21::lambda
