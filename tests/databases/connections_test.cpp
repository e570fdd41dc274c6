// Connections that are scarce, die, or cannot be made.

#include "store/sql/question/connections.hpp"

#include "store/sql/database.hpp"
#include "store/sql/engine/query.hpp"
#include "tests/databases/servers.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/sqlite_file.hpp"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using namespace std::chrono_literals;
using sql::Connections;
using sql::Database;
using sql::DatabaseUrl;
using sql::EngineKind;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

int one(sql::Session& session) {
    int number = 0;
    read_row(session, "SELECT 1", number);
    return number;
}

class OnServers : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database_with_schema(GetParam());
    }

    // Ends every connection to the database but the one that does it.
    void kill_connections() const {
        const auto administrator = as_administrator(url_);
        if (GetParam() == EngineKind::postgresql) {
            run_sql(administrator,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                    "current_database() AND pid <> pg_backend_pid()");
            return;
        }
        const auto next = [&] {
            return read_number(administrator,
                               "SELECT coalesce(max(id), 0) FROM information_schema.processlist "
                               "WHERE db = database() AND user <> 'root'");
        };
        for (auto id = next(); id != 0; id = next()) {
            run_sql(administrator, "KILL " + std::to_string(id));
            std::this_thread::sleep_for(10ms);
        }
    }

    DatabaseUrl url_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         OnServers,
                         ::testing::Values(EngineKind::postgresql, EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

TEST_P(OnServers, AsksAgainOnANewConnectionWhenIdleOnesHaveDied) {
    Connections connections(url_, 3, 2s);
    for (int round = 0; round < 3; ++round) {
        connections.ask([&](sql::Session& first) {
            connections.ask([](sql::Session& second) { return one(second); });
            return one(first);
        });
        kill_connections();
        EXPECT_EQ(connections.ask(one), 1);
    }
}

TEST_P(OnServers, FailsAQuestionWhoseConnectionDiesAndAnswersTheNext) {
    Connections connections(url_, 1, 2s);
    EXPECT_THROW(connections.ask([&](sql::Session& session) {
        kill_connections();
        return one(session);
    }),
                 StoreUnavailable);
    EXPECT_EQ(connections.ask(one), 1);
}

TEST(ConnectionsTest, RefuseAQuestionWhenAllStayInUse) {
    const auto url = new_database_with_schema(EngineKind::sqlite);
    Connections connections(url, 1, 20ms);
    const auto complaint =
        complaint_of([&] { connections.ask([&](sql::Session&) { return connections.ask(one); }); });
    EXPECT_THAT(complaint, AllOf(StartsWith(describe(url)), HasSubstr("all 1 connections")));
    EXPECT_EQ(connections.ask(one), 1);
}

TEST(ConnectionsTest, ServeManyThreadsWithFewConnections) {
    Connections connections(new_database_with_schema(EngineKind::sqlite), 2, 5s);
    std::atomic<int> answers = 0;
    {
        std::vector<std::jthread> threads;
        threads.reserve(8);
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (int k = 0; k < 50; ++k) answers += connections.ask(one);
            });
        }
    }
    EXPECT_EQ(answers, 400);
}

TEST(ConnectionsTest, SayWhyNoneCanBeOpenedAndTryAgainLater) {
    auto url = new_database(EngineKind::sqlite);
    Connections connections(url, 2, 5s);
    const auto first = complaint_of([&] { connections.ask(one); });
    EXPECT_THAT(first, HasSubstr("there is no such file"));
    EXPECT_EQ(complaint_of([&] { connections.ask(one); }), first);
    Database::open(url);
    std::this_thread::sleep_for(500ms);
    EXPECT_EQ(connections.ask(one), 1);
}

}  // namespace
}  // namespace chr21::testing
