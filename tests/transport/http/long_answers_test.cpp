// Answers whose bodies are made while they are sent, and the memory that all connections hold.

#include "tests/store/forwarding_store.hpp"
#include "tests/transport/http/client.hpp"
#include "tests/transport/http/running_server.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::http::testing {
namespace {

using observe::ConnectionEnd;

constexpr std::string_view table = "/genes?format=ndjson";
constexpr std::string_view filtered_table = "/genes?format=ndjson&strand=1";
constexpr std::size_t many = 20'000;                            // genes, of some 4 MB
constexpr std::uint64_t most_of_one = std::uint64_t{1} << 20U;  // bytes that one reader may hold
constexpr int small_buffer = 64 * 1024;                         // of the client's socket, bytes

ServerOptions with_threads(unsigned threads) { return {.threads = threads}; }

// A store whose lists cannot be read beyond the first portion.
class BreakingStore final : public chr21::testing::ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;
    std::unique_ptr<GeneCursor> cursor(const GeneFilter& filter, const Sort& sort) const override {
        return std::make_unique<Cursor>(ForwardingStore::cursor(filter, sort));
    }

private:
    class Cursor final : public GeneCursor {
    public:
        explicit Cursor(std::unique_ptr<GeneCursor> genes) : genes_(std::move(genes)) {}
        std::uint64_t total() const override { return genes_->total(); }
        GenePage next() override {
            if (std::exchange(read_, true)) throw StoreUnavailable("gone");
            return genes_->next();
        }
        std::vector<std::string> placed_chromosomes() const override {
            return genes_->placed_chromosomes();
        }
        std::size_t bytes_held() const override { return genes_->bytes_held(); }

    private:
        std::unique_ptr<GeneCursor> genes_;
        bool read_ = false;
    };
};

TEST(LongAnswer, ComesInChunksAndLeavesTheConnectionOpen) {
    const RunningServer running({}, many);
    auto client = running.connect();
    for (const auto target : {table, filtered_table}) {
        const auto answer = client.ask(get(target));
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.header("Transfer-Encoding"), "chunked");
        EXPECT_EQ(answer.header("Content-Length"), "");
        EXPECT_EQ(answer.header("X-Total-Count"), std::to_string(many));
        EXPECT_TRUE(answer.body == running.body_of(target));
    }
    EXPECT_EQ(client.ask(get("/health")).status, 200);
}

TEST(LongAnswer, StandsInItsPlaceAmongOthers) {
    const RunningServer running(with_threads(2), many);
    auto client = running.connect();
    ASSERT_TRUE(client.send(get(gene_target(1)) + get(table) + get(gene_target(2)) + get(table) +
                            get("/health")));
    EXPECT_EQ(client.read().body, running.body_of(gene_target(1)));
    EXPECT_TRUE(client.read().body == running.body_of(table));
    EXPECT_EQ(client.read().body, running.body_of(gene_target(2)));
    EXPECT_TRUE(client.read().body == running.body_of(table));
    EXPECT_EQ(client.read().body, running.body_of("/health"));
}

TEST(LongAnswer, HasNoBodyAfterHead) {
    const RunningServer running({}, many);
    auto client = running.connect();
    ASSERT_TRUE(client.send("HEAD " + std::string(table) + " HTTP/1.1\r\nHost: a\r\n\r\n"));
    const auto answer = client.read(true);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Length"), "");
    EXPECT_EQ(answer.header("X-Total-Count"), std::to_string(many));
    EXPECT_EQ(client.ask(get("/health")).status, 200);
}

TEST(LongAnswer, EndsWithTheConnectionInHttp10) {
    const RunningServer running({}, many);
    auto client = running.connect();
    ASSERT_TRUE(
        client.send("GET " + std::string(table) + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    bool cut = true;
    const auto all = client.read_to_end(cut);
    EXPECT_FALSE(cut);
    const auto body = all.find("\r\n\r\n") + 4;
    EXPECT_THAT(all.substr(0, body), ::testing::HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(all.substr(0, body), ::testing::Not(::testing::HasSubstr("Transfer-Encoding")));
    EXPECT_TRUE(all.substr(body) == running.body_of(table));
}

TEST(LongAnswer, IsCutWhereItsRestCannotBeMade) {
    const std::shared_ptr<const GeneStore> genes = numbered_dataset(many).store;
    for (const std::string version : {"1.1", "1.0"}) {
        OpenDataset breaking{std::make_shared<const BreakingStore>(genes)};
        RunningServer running({}, std::move(breaking));
        auto client = running.connect();
        ASSERT_TRUE(
            client.send("GET " + std::string(table) + " HTTP/" + version + "\r\nHost: a\r\n\r\n"));
        bool cut = false;
        const auto all = client.read_to_end(cut);
        EXPECT_TRUE(cut) << version;
        EXPECT_FALSE(all.ends_with("\r\n0\r\n\r\n"));
        EXPECT_EQ(running.next_end(), ConnectionEnd::body_fault);
        EXPECT_EQ(running.connect().ask(get("/health")).status, 200);
    }
}

TEST(LongAnswer, TakesLittleMemoryForASlowReader) {
    RunningServer running(with_threads(2), many);
    constexpr std::size_t readers = 30;
    std::vector<Client> clients;
    for (std::size_t i = 0; i < readers; ++i) {
        clients.emplace_back(running.port(), small_buffer);
        ASSERT_TRUE(clients.back().send(get(i % 2 == 0 ? table : filtered_table)));
    }
    std::uint64_t most = 0;
    for (int look = 0; look < 200; ++look) {
        most = std::max(most, running.server().buffered_bytes());
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_GT(most, 0U);
    EXPECT_LE(most, readers * most_of_one);
    for (std::size_t i = 0; i < readers; i += 10) {
        const auto body = clients[i].read().body;
        EXPECT_TRUE(body == running.body_of(table)) << i;
    }
    EXPECT_LE(running.server().buffered_bytes(), readers * most_of_one);
    clients.clear();
    for (std::size_t i = 0; i < readers; ++i) running.next_end();
    EXPECT_EQ(running.server().buffered_bytes(), 0U);
}

// Connects readers that take nothing until so much is held.
std::vector<Client> slow_readers(RunningServer& running, std::uint64_t bytes) {
    std::vector<Client> clients;
    for (int turn = 0; turn < 5000 && running.server().buffered_bytes() < bytes; ++turn) {
        if (turn % 20 == 0) {
            clients.emplace_back(running.port(), small_buffer);
            clients.back().send(get(table));
        }
        std::this_thread::sleep_for(1ms);
    }
    return clients;
}

TEST(BufferLimit, CutsSlowReadersFirst) {
    RunningServer running({.buffer_limit = most_of_one, .slow_after = 0ms}, many);
    const auto clients = slow_readers(running, most_of_one);
    EXPECT_EQ(running.next_end(), ConnectionEnd::buffers_full);
    const auto answer = running.connect().ask(get(table));
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body == running.body_of(table));
}

TEST(BufferLimit, TurnsCostlyRequestsAwayAndAnswersOthersWhileItIsReached) {
    RunningServer running({.buffer_limit = 2 * most_of_one, .slow_after = 1h}, many);
    const auto clients = slow_readers(running, 2 * most_of_one);
    ASSERT_GE(running.server().buffered_bytes(), 2 * most_of_one);
    auto client = running.connect();
    const auto refused = client.ask(get(table));
    EXPECT_EQ(refused.status, 503);
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_EQ(client.ask(get("/health")).status, 200);
    EXPECT_EQ(client.ask(get(gene_target(7))).body, running.body_of(gene_target(7)));
    EXPECT_LT(running.server().buffered_bytes(), 3 * most_of_one);
    EXPECT_EQ(running.ended(), 0U);
}

TEST(BufferLimit, CountsBodiesThatHaveNotCome) {
    RunningServer running({.buffer_limit = most_of_one, .slow_after = 1h});
    const std::string half(400'000, ' ');
    const auto head = post("/genes/lookup", std::string(800'000, ' ')).substr(0, 200);
    const auto begin = head.substr(0, head.find("\r\n\r\n") + 4);
    std::vector<Client> clients;
    for (int i = 0; i < 3; ++i) {
        auto& client = clients.emplace_back(running.connect());
        ASSERT_TRUE(client.send(begin + half));
    }
    for (int look = 0; look < 5000 && running.ended() == 0; ++look) {
        EXPECT_LT(running.server().buffered_bytes(), 2 * most_of_one);
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(running.next_end(), ConnectionEnd::buffers_full);
    EXPECT_EQ(running.connect().ask(get("/health")).status, 200);
}

}  // namespace
}  // namespace chr21::http::testing
