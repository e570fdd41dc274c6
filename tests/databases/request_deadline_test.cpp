// Questions that are asked with a deadline end by it, on every engine.

#include "store/request_deadline.hpp"

#include "store/sql/engine/query.hpp"
#include "store/sql/question/connections.hpp"
#include "tests/databases/servers.hpp"
#include "tests/store/sqlite_file.hpp"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using namespace std::chrono_literals;
using sql::Connections;
using sql::DatabaseUrl;
using sql::EngineKind;
using sql::Session;
using Clock = RequestDeadline::Clock;

class RequestDeadlines : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database_with_schema(GetParam());
        url_.statement_timeout = 60s;
    }

    // Counts for hours.
    static std::string endless() {
        switch (GetParam()) {
            case EngineKind::sqlite:
                return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                       "1000000000000) SELECT count(*) FROM n";
            case EngineKind::postgresql:
                return "SELECT count(*) FROM generate_series(1, 1000000) a, "
                       "generate_series(1, 1000000) b";
            case EngineKind::mysql:
                break;
        }
        return "SELECT count(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b";
    }

    static std::int64_t number_of(Session& session, const std::string& select) {
        std::int64_t number = 0;
        read_row(session, select, number);
        return number;
    }

    DatabaseUrl url_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         RequestDeadlines,
                         ::testing::Values(EngineKind::sqlite,
                                           EngineKind::postgresql,
                                           EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

TEST_P(RequestDeadlines, EndAStatementThatWouldTakeLonger) {
    Connections connections(url_, 1, 60s);
    {
        const RequestDeadline deadline(Clock::now() + 200ms);
        EXPECT_THROW(
            connections.ask([&](Session& session) { return number_of(session, endless()); }),
            DeadlineExceeded);
    }
    EXPECT_EQ(connections.ask([](Session& session) { return number_of(session, "SELECT 7"); }), 7);
}

TEST_P(RequestDeadlines, AreSharedByAllStatementsOfAQuestion) {
    Connections connections(url_, 1, 60s);
    const RequestDeadline deadline(Clock::now() + 200ms);
    EXPECT_THROW(connections.ask([&](Session& session) {
        for (;;) number_of(session, "SELECT 7");
        return 0;
    }),
                 DeadlineExceeded);
}

TEST_P(RequestDeadlines, EndAWaitForAConnectionThatOthersHave) {
    Connections connections(url_, 1, 60s);
    connections.ask([&](Session& /*session*/) {
        const RequestDeadline deadline(Clock::now() + 20ms);
        EXPECT_THROW(connections.ask([](Session&) { return 0; }), DeadlineExceeded);
        return 0;
    });
}

TEST_P(RequestDeadlines, LetNothingBeginOnceTheyHavePassed) {
    Connections connections(url_, 1, 60s);
    const RequestDeadline deadline(Clock::now());
    bool was_asked = false;
    EXPECT_THROW(connections.ask([&](Session&) { return was_asked = true; }), DeadlineExceeded);
    EXPECT_FALSE(was_asked);
}

TEST_P(RequestDeadlines, AreNoneForWhoeverSetsNone) {
    Connections connections(url_, 1, 60s);
    {
        const RequestDeadline past(Clock::now());
    }
    EXPECT_EQ(connections.ask([](Session& session) { return number_of(session, "SELECT 7"); }), 7);
}

// A server ends by itself what nobody waits for any more.
TEST_P(RequestDeadlines, AreToldToAServer) {
    if (GetParam() == EngineKind::sqlite) GTEST_SKIP() << "there is no server";
    Connections connections(url_, 1, 60s);
    const auto limit = [&] {
        return connections.ask([](Session& session) {
            return number_of(session,
                             GetParam() == EngineKind::mysql
                                 ? "SELECT round(@@max_statement_time * 1000)"
                                 : "SELECT setting FROM pg_settings WHERE name = "
                                   "'statement_timeout'");
        });
    };
    EXPECT_EQ(limit(), 60'000);
    {
        const RequestDeadline deadline(Clock::now() + 20s);
        EXPECT_LE(limit(), 20'000);
    }
    const RequestDeadline later(Clock::now() + 1h);
    EXPECT_EQ(limit(), 60'000);
}

TEST(RequestDeadlinesOfFiles, EndAWaitForALock) {
    const auto url = new_database_with_schema(EngineKind::sqlite);
    Session writer(url, sql::Access::read_write);
    writer.run("BEGIN EXCLUSIVE");
    Connections connections(url, 1, 60s);
    const RequestDeadline deadline(Clock::now() + 50ms);
    EXPECT_THROW(connections.ask([](Session& session) {
        std::int64_t number = 0;
        return read_row(session, "SELECT count(*) FROM gene", number);
    }),
                 DeadlineExceeded);
}

}  // namespace
}  // namespace chr21::testing
