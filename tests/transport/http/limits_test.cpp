#include "tests/transport/http/client.hpp"
#include "tests/transport/http/running_server.hpp"

#include <string>
#include <thread>
#include <vector>

#include <dirent.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace chr21::http::testing {
namespace {

using observe::ConnectionEnd;

TEST(ConnectionLimit, Answers503WithRetryAfterBeyondIt) {
    RunningServer running({.connection_limit = 2});
    auto first = running.connect();
    auto second = running.connect();
    ASSERT_TRUE(first.ask(get("/health")));
    ASSERT_TRUE(second.ask(get("/health")));
    {
        auto third = running.connect();
        const auto answer = third.ask(get("/health"));
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer.status, 503);
        EXPECT_NE(answer.header("Retry-After"), "");
        EXPECT_EQ(answer.header("Connection"), "close");
        EXPECT_TRUE(third.sees_end());
    }
    EXPECT_EQ(running.next_end(), ConnectionEnd::refused_over_cap);
    EXPECT_TRUE(first.ask(get("/health")));
}

TEST(ConnectionLimit, LetsTheNextInWhenOneHasLeft) {
    RunningServer running({.connection_limit = 1});
    {
        auto first = running.connect();
        ASSERT_TRUE(first.ask(get("/health")));
    }
    EXPECT_EQ(running.next_end(), ConnectionEnd::closed);
    auto second = running.connect();
    const auto answer = second.ask(get("/health"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 200);
}

// Lowers how many files the process may have open, as long as it lives.
class FileLimit {
public:
    explicit FileLimit(rlim_t limit) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit lowered{.rlim_cur = limit, .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &lowered);
    }
    ~FileLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    FileLimit(const FileLimit&) = delete;
    FileLimit& operator=(const FileLimit&) = delete;

private:
    rlimit before_{};
};

TEST(ConnectionLimit, WaitsForFilesToCloseWhenThereAreNoMore) {
    RunningServer running;
    std::vector<Client> clients;
    clients.push_back(running.connect());
    ASSERT_TRUE(clients.back().ask(get("/health")));
    const Descriptor lowest_free(::dup(0));
    const FileLimit limit(static_cast<rlim_t>(lowest_free.number()) + 6);
    // A try to accept has a descriptor for a moment even where nobody is there, which may be the
    // one that a client lacks.
    for (int turn = 0; turn < 100 && !running.has_noticed(20ms); ++turn) {
        clients.push_back(running.connect());
        if (!clients.back().connected()) clients.pop_back();
    }
    ASSERT_TRUE(running.has_noticed());
    ASSERT_LT(clients.size(), 10U);
    clients.erase(clients.begin(), clients.end() - 1);  // the last is not accepted yet
    const auto answer = clients.back().ask(get("/health"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer.status, 200);
}

TEST(ManyClients, AreSpreadEvenlyOverTheThreads) {
    const RunningServer running({.threads = 2});
    std::vector<Client> clients;
    for (int i = 0; i < 40; ++i) {
        clients.push_back(running.connect());
        ASSERT_TRUE(clients.back().ask(get("/health")));
    }
    EXPECT_EQ(running.opened_by_thread(), (std::vector<std::size_t>{20, 20}));
}

TEST(ManyClients, AreAllAnsweredByAllThreads) {
    RunningServer running({.threads = 2});
    constexpr int threads = 4;
    constexpr int clients_per_thread = 50;
    const auto talk = [&running](int& answered) {
        std::vector<Client> clients;
        clients.reserve(clients_per_thread);
        for (int i = 0; i < clients_per_thread; ++i) {
            clients.push_back(running.connect());
        }
        for (const std::size_t gene : {1U, 2U, 3U}) {
            for (const auto& client : clients) {
                client.send(get(gene_target(gene)) + get(gene_target(gene + 1)));
            }
            for (auto& client : clients) {
                const auto first = client.read();
                const auto second = client.read();
                answered += static_cast<int>(first && second &&
                                             first.body == running.body_of(gene_target(gene)) &&
                                             second.body == running.body_of(gene_target(gene + 1)));
            }
        }
    };
    std::array<int, threads> answered{};
    std::vector<std::jthread> talkers;
    talkers.reserve(threads);
    for (auto& count : answered) {
        talkers.emplace_back([&talk, &count] { talk(count); });
    }
    talkers.clear();
    for (const int count : answered) {
        EXPECT_EQ(count, 3 * clients_per_thread);
    }
    EXPECT_EQ(running.stop_and_wait(), 0U);
    EXPECT_EQ(running.opened(), 200U);
    EXPECT_EQ(running.ended(), 200U);
}

}  // namespace
}  // namespace chr21::http::testing
