// Connections, transactions and values, the same on every engine.

#include "store/sql/engine/query.hpp"
#include "store/sql/engine/transaction.hpp"
#include "tests/databases/servers.hpp"
#include "tests/store/sqlite_file.hpp"

#include <memory>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using sql::DatabaseUrl;
using sql::EngineKind;
using sql::Query;
using sql::Sql;
using sql::Transaction;

class EveryEngine : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database(GetParam());
        session_ = std::make_unique<sql::Session>(url_, sql::Access::read_write);
    }

    static std::string text_type() {
        return GetParam() == EngineKind::mysql ? "VARBINARY(255)" : "VARCHAR(255)";
    }

    DatabaseUrl url_;
    std::unique_ptr<sql::Session> session_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         EveryEngine,
                         ::testing::Values(EngineKind::sqlite,
                                           EngineKind::postgresql,
                                           EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

std::vector<std::string> awkward_texts() {
    return {"",
            "plain",
            "it's",
            R"("double")",
            R"(back\slash)",
            R"(\')",
            R"(end\)",
            "a?b:c:d1",
            "100%_",
            "-- no comment",
            "/* nor this */",
            "; DROP TABLE t",
            "tab\tand\nline end",
            "caf\xC3\xA9",
            "\xF0\x9F\xA7\xAC",
            "trailing  "};
}

TEST_P(EveryEngine, KeepsTextAsItIs) {
    session_->run("CREATE TABLE t (n BIGINT, x " + text_type() + ")");
    const auto texts = awkward_texts();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Sql insert{"INSERT INTO t VALUES (?, ?)", {static_cast<std::int64_t>(i), texts[i]}};
        Query(*session_, insert).next();
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Sql select{"SELECT n, x FROM t WHERE x = ?", {texts[i]}};
        std::int64_t n = -1;
        std::string x;
        Query query(*session_, select);
        query.into(n, x);
        ASSERT_TRUE(query.next()) << texts[i];
        EXPECT_EQ(n, static_cast<std::int64_t>(i)) << texts[i];
        EXPECT_EQ(x, texts[i]);
        EXPECT_FALSE(query.next()) << texts[i];
    }
}

TEST_P(EveryEngine, KeepsNumbersAndAbsentValues) {
    session_->run("CREATE TABLE t (n BIGINT, x " + text_type() + ")");
    const auto least = std::numeric_limits<std::int64_t>::min();
    const auto most = std::numeric_limits<std::int64_t>::max();
    Query(*session_, {"INSERT INTO t VALUES (?, NULL), (?, NULL), (NULL, ?)", {least, most, "x"}})
        .next();
    const Sql select{"SELECT n, x FROM t ORDER BY n IS NULL, n", {}};
    sql::Nullable<std::int64_t> n;
    sql::Nullable<std::string> x;
    Query query(*session_, select);
    query.into(n, x);
    ASSERT_TRUE(query.next());
    EXPECT_EQ(n.take(), least);
    EXPECT_EQ(x.take(), std::nullopt);
    ASSERT_TRUE(query.next());
    EXPECT_EQ(n.take(), most);
    ASSERT_TRUE(query.next());
    EXPECT_EQ(n.take(), std::nullopt);
    EXPECT_EQ(x.take(), "x");
}

TEST_P(EveryEngine, UndoesWhatIsNotCommitted) {
    session_->run("CREATE TABLE t (n BIGINT)");
    {
        const Transaction transaction(*session_, Transaction::Kind::writing);
        session_->run("INSERT INTO t VALUES (1)");
    }
    EXPECT_EQ(read_number(url_, "SELECT count(*) FROM t"), 0);
    Transaction transaction(*session_, Transaction::Kind::writing);
    session_->run("INSERT INTO t VALUES (1)");
    transaction.commit();
    EXPECT_EQ(read_number(url_, "SELECT count(*) FROM t"), 1);
}

TEST_P(EveryEngine, ReadsOneState) {
    if (GetParam() == EngineKind::sqlite) session_->run("PRAGMA journal_mode = WAL");
    session_->run("CREATE TABLE t (n BIGINT)");
    Transaction transaction(*session_, Transaction::Kind::reading);
    int count = -1;
    read_row(*session_, "SELECT count(*) FROM t", count);
    run_sql(url_, "INSERT INTO t VALUES (1)");
    read_row(*session_, "SELECT count(*) FROM t", count);
    EXPECT_EQ(count, 0);
    transaction.commit();
    read_row(*session_, "SELECT count(*) FROM t", count);
    EXPECT_EQ(count, 1);
}

TEST_P(EveryEngine, WritesNothingInATransactionThatReads) {
    if (GetParam() == EngineKind::sqlite)
        GTEST_SKIP() << "SQLite opens a whole file for reading only";
    session_->run("CREATE TABLE t (n BIGINT)");
    const Transaction transaction(*session_, Transaction::Kind::reading);
    EXPECT_THAT(complaint_of(
                    [&] { on_database(url_, [&] { session_->run("INSERT INTO t VALUES (1)"); }); }),
                ::testing::HasSubstr("is read-only"));
}

TEST_P(EveryEngine, LetsOneWriterInAtATime) {
    sql::Session other(url_, sql::Access::read_write);
    {
        const Transaction first(*session_, Transaction::Kind::writing);
        EXPECT_THAT(complaint_of([&] {
                        on_database(url_, [&] {
                            const Transaction second(other, Transaction::Kind::writing);
                        });
                    }),
                    ::testing::HasSubstr("also after 5 seconds; try again"));
    }
    Transaction second(other, Transaction::Kind::writing);
    second.commit();
}

}  // namespace
}  // namespace chr21::testing
