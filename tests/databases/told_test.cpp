// What the store tells of what it asks, on every engine.

#include "store/sql/database.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/engine/transaction.hpp"
#include "store/sql/question/connections.hpp"
#include "store/sql/sql_store.hpp"
#include "tests/databases/servers.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/sqlite_file.hpp"

#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using namespace std::chrono_literals;
using sql::Asked;
using sql::DatabaseAccess;
using sql::DatabaseUrl;
using sql::EngineKind;
using sql::Session;
using Kind = Asked::Kind;

class Told : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database_with_schema(GetParam());
    }

    DatabaseAccess access() {
        return {url_, {}, [this](const Asked& asked) { told_.push_back(asked); }};
    }

    std::vector<Kind> kinds() const {
        std::vector<Kind> all;
        std::ranges::transform(told_, std::back_inserter(all), &Asked::kind);
        return all;
    }

    std::size_t count(Kind kind, bool failed) const {
        return static_cast<std::size_t>(std::ranges::count_if(told_, [&](const Asked& asked) {
            return asked.kind == kind && asked.failed == failed;
        }));
    }

    DatabaseUrl url_;
    std::vector<Asked> told_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Told,
                         ::testing::Values(EngineKind::sqlite,
                                           EngineKind::postgresql,
                                           EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

TEST_P(Told, OfEachStatementItsKindItsRowsAndItsTime) {
    Session session(access(), sql::Access::read_write);
    EXPECT_EQ(kinds(), std::vector{Kind::connect});
    EXPECT_GT(told_.back().took, 0ns);
    session.run("CREATE TABLE t (n BIGINT)");
    EXPECT_EQ(told_.back().kind, Kind::change);
    sql::Query(session, {"INSERT INTO t VALUES (?), (?)", {1, 2}}).next();
    EXPECT_EQ(told_.back().kind, Kind::change);
    {
        const sql::Sql select{"SELECT n FROM t"};
        std::int64_t number = 0;
        sql::Query query(session, select);
        query.into(number);
        while (query.next()) continue;
    }
    EXPECT_EQ(told_.back().kind, Kind::select);
    EXPECT_EQ(told_.back().rows, 2U);
    EXPECT_GT(told_.back().took, 0ns);
    EXPECT_EQ(std::ranges::count(told_, true, &Asked::failed), 0);
}

TEST_P(Told, OfWhatFails) {
    Session session(access(), sql::Access::read_write);
    EXPECT_THROW(session.run("INSERT INTO nowhere VALUES (1)"), sql::EngineFault);
    EXPECT_EQ(told_.back().kind, Kind::change);
    EXPECT_TRUE(told_.back().failed);
    std::int64_t number = 0;
    EXPECT_THROW(read_row(session, "SELECT n FROM nowhere", number), sql::EngineFault);
    EXPECT_EQ(told_.back().kind, Kind::select);
    EXPECT_TRUE(told_.back().failed);
}

TEST_P(Told, OfTransactions) {
    Session session(access(), sql::Access::read_write);
    {
        sql::Transaction transaction(session, sql::Transaction::Kind::reading);
        transaction.commit();
    }
    EXPECT_EQ(kinds(), (std::vector{Kind::connect, Kind::control, Kind::control}));
}

TEST_P(Told, OfWaitsForAConnection) {
    sql::Connections connections(access(), 1, 20ms);
    connections.ask([&](Session& session) {
        EXPECT_FALSE(complaint_of([&] { connections.ask([](Session&) { return 0; }); }).empty());
        std::int64_t one = 0;
        return read_row(session, "SELECT 1", one);
    });
    EXPECT_EQ(count(Kind::wait, false), 1U);
    ASSERT_EQ(count(Kind::wait, true), 1U);
    EXPECT_GE(std::ranges::find(told_, true, &Asked::failed)->took, 20ms);
    EXPECT_EQ(count(Kind::connect, false), 1U);
}

TEST_P(Told, OfDatabasesAndStores) {
    auto database = sql::Database::open(access());
    ASSERT_TRUE(database.load(dataset_of(three_genes()), three_genes()));
    EXPECT_EQ(count(Kind::connect, false), 1U);
    const auto genes = std::ranges::find_if(told_, [](const Asked& asked) {
        return asked.kind == Kind::bulk && asked.rows == 3 && !asked.failed;
    });
    EXPECT_NE(genes, told_.end());
    told_.clear();
    const auto store = sql::open_sql_store(access(), represent);
    EXPECT_EQ(store->list({}, {}, {}).total, 3U);
    EXPECT_EQ(count(Kind::connect, false), 1U);
    EXPECT_GT(count(Kind::select, false), 2U);
    EXPECT_EQ(std::ranges::count(told_, true, &Asked::failed), 0);
}

TEST(ToldOfAServer, OfAConnectionThatIsNotMade) {
    CHR21_NEEDS_SERVER(EngineKind::postgresql);
    auto url = new_database(EngineKind::postgresql);
    url.database = "missing";
    std::vector<Asked> told;
    const DatabaseAccess access{url, {}, [&](const Asked& asked) { told.push_back(asked); }};
    EXPECT_FALSE(complaint_of([&] { sql::Database::open_read_only(access); }).empty());
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].kind, Kind::connect);
    EXPECT_TRUE(told[0].failed);
}

}  // namespace
}  // namespace chr21::testing
