#include "tests/transport/http/client.hpp"
#include "tests/transport/http/running_server.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::http::testing {
namespace {

constexpr std::string_view one_lookup = R"({"ids": ["ENSG00000000001"]})";
constexpr std::string_view lookup_head =
    "POST /genes/lookup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

std::string chunked(std::string_view body, std::size_t chunk_size) {
    std::string text;
    for (; !body.empty(); body.remove_prefix(std::min(chunk_size, body.size()))) {
        const auto chunk = body.substr(0, chunk_size);
        std::array<char, 16> size{};
        auto* const end = std::to_chars(size.begin(), size.end(), chunk.size(), 16).ptr;
        text.append(size.begin(), end).append("\r\n").append(chunk).append("\r\n");
    }
    return text + "0\r\n\r\n";
}

TEST(Conversation, AnswersWithWhatTheServiceSaysAndTheDate) {
    const RunningServer running;
    auto client = running.connect();
    const auto answer = client.ask(get(gene_target(1)));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.head.starts_with("HTTP/1.1 200 OK\r\n")) << answer.head;
    EXPECT_EQ(answer.body, running.body_of(gene_target(1)));
    EXPECT_NE(answer.header("Date"), "");
    EXPECT_EQ(answer.header("Connection"), "");
}

TEST(Conversation, StaysForTheNextRequest) {
    const RunningServer running;
    auto client = running.connect();
    for (std::size_t gene = 1; gene <= 20; ++gene) {
        const auto answer = client.ask(get(gene_target(gene)));
        ASSERT_TRUE(answer) << gene;
        EXPECT_EQ(answer.body, running.body_of(gene_target(gene))) << gene;
    }
    EXPECT_EQ(running.opened(), 1U);
}

TEST(Conversation, AnswersPipelinedRequestsInOrder) {
    const RunningServer running;
    auto client = running.connect();
    std::string batch;
    for (std::size_t gene = 1; gene <= 30; ++gene) {
        batch += get(gene_target(gene));
    }
    ASSERT_TRUE(client.send(batch));
    for (std::size_t gene = 1; gene <= 30; ++gene) {
        const auto answer = client.read();
        ASSERT_TRUE(answer) << gene;
        EXPECT_EQ(answer.body, running.body_of(gene_target(gene))) << gene;
    }
}

TEST(Conversation, ClosesWhenTheClientAsksForIt) {
    struct Case {
        std::string_view request;
        bool closes;
        std::string_view connection;
    };
    const RunningServer running;
    for (const auto& [request, closes, connection] : {
             Case{"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", true, "close"},
             Case{"GET /health HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", true, "close"},
             Case{"GET /health HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n", false, ""},
             Case{"GET /health HTTP/1.0\r\n\r\n", true, "close"},
             Case{"GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false, "keep-alive"},
         }) {
        auto client = running.connect();
        const auto answer = client.ask(request);
        ASSERT_TRUE(answer) << request;
        EXPECT_EQ(answer.status, 200) << request;
        EXPECT_EQ(answer.header("Connection"), connection) << request;
        if (closes) {
            EXPECT_TRUE(client.sees_end()) << request;
        } else {
            EXPECT_TRUE(client.ask(get("/health"))) << request;
        }
    }
}

TEST(Conversation, SendsNoBodyAfterHead) {
    const RunningServer running;
    auto client = running.connect();
    ASSERT_TRUE(client.send("HEAD " + gene_target(1) + " HTTP/1.1\r\nHost: a\r\n\r\n" +
                            get(gene_target(2))));
    const auto head = client.read(true);
    ASSERT_TRUE(head);
    EXPECT_EQ(head.header("Content-Length"),
              std::to_string(running.body_of(gene_target(1)).size()));
    const auto next = client.read();
    ASSERT_TRUE(next);
    EXPECT_EQ(next.body, running.body_of(gene_target(2)));
}

TEST(Conversation, ReadsBodiesOfEitherKind) {
    const RunningServer running;
    auto client = running.connect();
    const auto expected = client.ask(post("/genes/lookup", one_lookup));
    ASSERT_TRUE(expected);
    EXPECT_EQ(expected.status, 200) << expected.body;
    for (const std::size_t chunk_size : {1U, 7U, 100U}) {
        const auto answer =
            client.ask(std::string(lookup_head) + "Transfer-Encoding: chunked\r\n\r\n" +
                       chunked(one_lookup, chunk_size));
        ASSERT_TRUE(answer) << chunk_size;
        EXPECT_EQ(answer.body, expected.body) << chunk_size;
    }
}

TEST(Conversation, SaysContinueToAClientThatWaitsForIt) {
    const RunningServer running;
    auto client = running.connect();
    ASSERT_TRUE(client.send(std::string(lookup_head) +
                            "Content-Length: " + std::to_string(one_lookup.size()) +
                            "\r\nExpect: 100-continue\r\n\r\n"));
    const auto go_on = client.read(true);
    ASSERT_TRUE(go_on);
    EXPECT_EQ(go_on.status, 100);
    const auto answer = client.ask(one_lookup);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 200);
}

TEST(Conversation, RefusesATooLargeBodyInsteadOfContinue) {
    const RunningServer running;
    auto client = running.connect();
    const auto answer = client.ask(std::string(lookup_head) +
                                   "Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 413);
}

TEST(Conversation, TakesPathAndQueryOfAWholeUrl) {
    const RunningServer running;
    auto client = running.connect();
    const auto answer = client.ask(get("http://localhost" + gene_target(3)));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.body, running.body_of(gene_target(3)));
}

TEST(Conversation, AnswersAClientThatHasFinishedSending) {
    const RunningServer running;
    auto client = running.connect();
    ASSERT_TRUE(client.send(get(gene_target(1)) + get(gene_target(2))));
    client.finish_sending();
    for (const std::size_t gene : {1U, 2U}) {
        const auto answer = client.read();
        ASSERT_TRUE(answer) << gene;
        EXPECT_EQ(answer.body, running.body_of(gene_target(gene)));
    }
    EXPECT_TRUE(client.sees_end());
}

TEST(Conversation, UnderstandsBytesThatComeOneByOne) {
    const RunningServer running;
    auto client = running.connect();
    for (const char byte : get(gene_target(1)) + post("/genes/lookup", one_lookup)) {
        ASSERT_TRUE(client.send({&byte, 1}));
        std::this_thread::sleep_for(200us);
    }
    const auto gene = client.read();
    ASSERT_TRUE(gene);
    EXPECT_EQ(gene.body, running.body_of(gene_target(1)));
    const auto lookup = client.read();
    ASSERT_TRUE(lookup);
    EXPECT_EQ(lookup.status, 200);
}

TEST(Conversation, GivesTheSameAnswersWhereverTheBytesAreCut) {
    const RunningServer running;
    auto client = running.connect();
    const auto both = post("/genes/lookup", one_lookup) + get(gene_target(2));
    const auto lookup = client.ask(post("/genes/lookup", one_lookup));
    ASSERT_TRUE(lookup);
    for (std::size_t cut = 1; cut < both.size(); ++cut) {
        ASSERT_TRUE(client.send(both.substr(0, cut)));
        std::this_thread::sleep_for(500us);
        ASSERT_TRUE(client.send(both.substr(cut)));
        const auto first = client.read();
        const auto second = client.read();
        ASSERT_TRUE(first && second) << "cut behind " << cut;
        EXPECT_EQ(first.body, lookup.body) << "cut behind " << cut;
        EXPECT_EQ(second.body, running.body_of(gene_target(2))) << "cut behind " << cut;
    }
}

TEST(Conversation, SendsAllOfALongAnswerToASlowReader) {
    const RunningServer running({}, 20'000);
    Client client(running.port(), 4096);
    ASSERT_TRUE(client.send(get("/genes?format=ndjson") + get(gene_target(1)) +
                            get("/genes?format=ndjson")));
    std::this_thread::sleep_for(50ms);  // so that the server has to wait for us
    const auto all = running.body_of("/genes?format=ndjson");
    EXPECT_GT(all.size(), std::size_t{2} << 20);
    for (const auto& expected : {all, running.body_of(gene_target(1)), all}) {
        const auto answer = client.read();
        ASSERT_TRUE(answer);
        EXPECT_TRUE(answer.body == expected) << answer.body.size() << " of " << expected.size();
    }
}

TEST(Conversation, AnswersAPipelineThatOutgrowsWhatMayWait) {
    const RunningServer running({}, 5'000);
    auto client = running.connect();
    constexpr std::size_t requests = 40;
    std::string batch;
    for (std::size_t i = 0; i < requests; ++i) {
        batch += get("/genes?format=ndjson");
    }
    ASSERT_TRUE(client.send(batch));
    const auto expected = running.body_of("/genes?format=ndjson");
    for (std::size_t i = 0; i < requests; ++i) {
        const auto answer = client.read();
        ASSERT_TRUE(answer) << i;
        EXPECT_TRUE(answer.body == expected) << i;
    }
}

}  // namespace
}  // namespace chr21::http::testing
