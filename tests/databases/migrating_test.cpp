// What tests/store/migrations_test.cpp says of SQLite, on every engine.

#include "store/sql/dataset/migrations.hpp"
#include "store/sql/dataset/schema_history.hpp"
#include "store/sql/engine/session.hpp"
#include "tests/databases/servers.hpp"
#include "tests/store/sqlite_file.hpp"
#include "text/version.hpp"

#include <functional>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using sql::DatabaseUrl;
using sql::EngineKind;
using sql::Migration;
using ::testing::AllOf;
using ::testing::HasSubstr;

const Migration first{1,
                      "0001_a.sql",
                      "-- Why, isn't it: a comment.\nCREATE TABLE a (\n    x BIGINT\n);\n\n"
                      "INSERT INTO a VALUES (1);\n"};
const Migration second{2, "0002_b.sql", "CREATE TABLE b (y BIGINT);\nINSERT INTO a VALUES (2);\n"};

class Migrating : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database(GetParam());
    }

    std::size_t migrate(const std::vector<Migration>& migrations,
                        std::int64_t last = std::numeric_limits<std::int64_t>::max()) const {
        sql::Session session(url_, sql::Access::read_write);
        return sql::apply_missing(session, migrations, last);
    }
    void require_usable(const std::vector<Migration>& migrations, std::int64_t oldest) const {
        sql::Session session(url_, sql::Access::read_only);
        sql::require_usable(session, migrations, oldest);
    }

    DatabaseUrl url_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Migrating,
                         ::testing::Values(EngineKind::sqlite,
                                           EngineKind::postgresql,
                                           EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

TEST_P(Migrating, BuiltInStepsApplyOnce) {
    const auto migrations = sql::built_in_migrations(GetParam());
    EXPECT_EQ(migrate(migrations), migrations.size());
    EXPECT_EQ(migrate(migrations), 0U);
    require_usable(migrations, static_cast<std::int64_t>(migrations.size()));
    EXPECT_EQ(read_number(url_, "SELECT count(*) FROM gene"), 0);
    EXPECT_EQ(read_number(url_, "SELECT sum(statements_left) FROM schema_migration"), 0);
}

TEST_P(Migrating, GoesAsFarAsAsked) {
    EXPECT_EQ(migrate({first, second}, 1), 1U);
    EXPECT_EQ(migrate({first, second}, 1), 0U);
    EXPECT_EQ(migrate({first, second}), 1U);
    EXPECT_EQ(read_number(url_, "SELECT sum(x) FROM a"), 3);
}

TEST_P(Migrating, TwoAtOnceApplyEachStepOnce) {
    std::size_t by_another = 0;
    std::thread another([&] { by_another = migrate({first, second}); });
    const auto by_us = migrate({first, second});
    another.join();
    EXPECT_EQ(by_us + by_another, 2U);
    EXPECT_EQ(read_number(url_, "SELECT sum(x) FROM a"), 3);
}

// Works with programs that know the first step alone.
const Migration expanding{2,
                          "0002_b.sql",
                          "-- works with programs from schema 1 on\n"
                          "CREATE TABLE b (y BIGINT);\n"};
const Migration contracting{
    3, "0003_c.sql", "-- works with programs from schema 2 on\nDROP TABLE a;\n"};

TEST_P(Migrating, ANewProgramRunsOnThePreviousSchema) {
    migrate({first});
    require_usable({first, expanding}, 1);
    EXPECT_THAT(complaint_of([&] { require_usable({first, expanding}, 2); }),
                HasSubstr("its schema lacks 0002_b.sql; run `chr21 migrate up`"));
}

TEST_P(Migrating, AnOldProgramRunsOnANewerSchemaThatSaysSo) {
    migrate({first, expanding});
    require_usable({first}, 1);
    EXPECT_EQ(migrate({first}), 0U);
    migrate({first, expanding, contracting});
    require_usable({first, expanding}, 1);
    EXPECT_THAT(complaint_of([&] { require_usable({first}, 1); }),
                AllOf(HasSubstr("has schema version 3, and this program knows up to 1"),
                      HasSubstr("or later, or another database URL")));
    EXPECT_THAT(complaint_of([&] { migrate({first}); }), HasSubstr("has schema version 3"));
}

TEST_P(Migrating, AnOldProgramRefusesANewerSchemaThatSaysNothing) {
    migrate({first, second});
    EXPECT_THAT(complaint_of([&] { require_usable({first}, 1); }),
                HasSubstr("has schema version 2, and this program knows up to 1"));
}

TEST_P(Migrating, AStepOfAnotherContentIsRefused) {
    migrate({first, second});
    for (const auto& use :
         std::vector<std::function<void()>>{[&] { migrate({first, expanding}); },
                                            [&] { require_usable({first, expanding}, 1); }}) {
        EXPECT_THAT(complaint_of(use),
                    HasSubstr("its schema step 0002_b.sql was applied by chr21 " +
                              std::string(version) + " with another content than this program's"));
    }
}

TEST_P(Migrating, NothingIsLeftOfAStepThatFails) {
    if (GetParam() == EngineKind::mysql) GTEST_SKIP() << "MySQL cannot undo a change of its schema";
    const Migration broken{
        2, "0002_b.sql", "CREATE TABLE b (y BIGINT);\nINSERT INTO nowhere VALUES (1);\n"};
    EXPECT_THROW(migrate({first, broken}), sql::EngineFault);
    EXPECT_EQ(read_number(url_, "SELECT max(version) FROM schema_migration"), 1);
    migrate({first, second});
    EXPECT_EQ(read_number(url_, "SELECT sum(x) FROM a"), 3);
}

TEST_P(Migrating, SaysWhichStepsThereAreAndWhichAreMissing) {
    migrate({first});
    sql::Session session(url_, sql::Access::read_only);
    const auto steps = sql::read_steps(session, std::vector{first, second});
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[0].state, sql::StepState::applied);
    EXPECT_EQ(steps[0].applied_by, "chr21 " + std::string(version));
    EXPECT_EQ(steps[0].applied_at.size(), std::string("2026-11-22T14:03:09Z").size());
    EXPECT_EQ(steps[1].name, "0002_b.sql");
    EXPECT_EQ(steps[1].state, sql::StepState::missing);
}

TEST_P(Migrating, AnotherProgramsTablesAreLeftAsTheyAre) {
    for (const std::string table : {"schema_migration", "gene", "dataset"}) {
        url_ = new_database(GetParam());
        run_sql(url_, "CREATE TABLE " + table + " (id BIGINT, name VARCHAR(9))");
        EXPECT_THAT(complaint_of([&] { migrate({first}); }),
                    HasSubstr("database of another program"));
        EXPECT_EQ(read_number(url_, "SELECT count(*) FROM " + table), 0);
    }
}

class MigratingPostgresql : public Migrating {
protected:
    static constexpr int gate = 21;

    // A connection whose looks at the columns of tables wait at the gate, each after it was begun.
    sql::Session open_held_up() const {
        run_sql(url_, "CREATE SCHEMA held_up");
        run_sql(url_,
                "CREATE VIEW held_up.pg_attribute AS SELECT attrelid, attname, attisdropped FROM "
                "pg_catalog.pg_attribute WHERE "
                "(SELECT pg_advisory_lock_shared(" +
                    std::to_string(gate) + ")) IS NOT NULL");
        sql::Session session(url_, sql::Access::read_write);
        session.run("SET search_path = held_up, public, pg_catalog");
        return session;
    }

    void wait_until_held_up() const {
        const std::string waiting =
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        while (read_number(url_, waiting) == 0) std::this_thread::yield();
    }
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         MigratingPostgresql,
                         ::testing::Values(EngineKind::postgresql),
                         [](const auto&) { return std::string("PostgreSQL"); });

TEST_P(MigratingPostgresql, WhatAnotherRunMakesBetweenTwoLooksIsNoStrangers) {
    const Migration ours{1, "0001_a.sql", "CREATE TABLE dataset (id BIGINT, name TEXT);\n"};
    auto held_up = open_held_up();
    sql::Session gate_keeper(url_, sql::Access::read_write);
    gate_keeper.run("SELECT pg_advisory_lock(" + std::to_string(gate) + ")");
    std::string complaint;
    std::vector<sql::AppliedStep> applied;
    std::thread look([&] {
        try {
            applied = sql::read_history(held_up);
        } catch (const StoreUnavailable& fault) {
            complaint = fault.what();
        }
    });
    wait_until_held_up();
    const auto by_another = migrate({ours});
    gate_keeper.run("SELECT pg_advisory_unlock(" + std::to_string(gate) + ")");
    look.join();
    EXPECT_EQ(by_another, 1U);
    EXPECT_EQ(complaint, "");
    EXPECT_EQ(applied.size(), 1U);
}

class MigratingMysql : public Migrating {};
INSTANTIATE_TEST_SUITE_P(Engines,
                         MigratingMysql,
                         ::testing::Values(EngineKind::mysql),
                         [](const auto&) { return std::string("MySQL"); });

// As if the run had been cut off behind any of its statements, before or after that was recorded.
TEST_P(MigratingMysql, AHalfAppliedStepIsRefusedAndFinished) {
    const Migration long_step{2,
                              "0002_b.sql",
                              "CREATE TABLE IF NOT EXISTS b (y BIGINT);\n"
                              "INSERT INTO a VALUES (2);\n"
                              "CREATE TABLE IF NOT EXISTS c (y BIGINT);\n"};
    for (int left = 3; left > 0; --left) {
        url_ = new_database(GetParam());
        migrate({first, long_step});
        run_sql(url_,
                "UPDATE schema_migration SET statements_left = " + std::to_string(left) +
                    ", applied_by = 'chr21 0.0.9' WHERE version = 2");
        run_sql(url_, "DROP TABLE c");
        if (left == 3) run_sql(url_, "DROP TABLE b");
        if (left > 1) run_sql(url_, "DELETE FROM a WHERE x = 2");
        EXPECT_THAT(complaint_of([&] { require_usable({first, long_step}, 1); }),
                    HasSubstr("its schema step 0002_b.sql was cut off while chr21 0.0.9 applied "
                              "it; run `chr21 migrate up`, which finishes it"));
        EXPECT_EQ(migrate({first, long_step}), 1U);
        require_usable({first, long_step}, 2);
        EXPECT_EQ(read_number(url_, "SELECT sum(x) FROM a"), 3) << left;
        EXPECT_EQ(read_number(url_, "SELECT count(*) FROM b, c"), 0);
    }
}

TEST_P(MigratingMysql, WhatWasDroppedBeforeTheRecordIsNotMissed) {
    const Migration with_index{
        1, "0001_a.sql", "CREATE TABLE IF NOT EXISTS a (x BIGINT, KEY by_x (x));\n"};
    const Migration without{2, "0002_b.sql", "ALTER TABLE a DROP INDEX by_x;\n"};
    migrate({with_index, without});
    run_sql(url_, "UPDATE schema_migration SET statements_left = 1 WHERE version = 2");
    EXPECT_EQ(migrate({with_index, without}), 1U);
    require_usable({with_index, without}, 2);
}

TEST_P(MigratingMysql, ARunThatFailsLeavesAHalfThatTheNextOneFinishes) {
    const Migration blocked{2,
                            "0002_b.sql",
                            "CREATE TABLE IF NOT EXISTS b (y BIGINT);\n"
                            "INSERT INTO elsewhere VALUES (1);\n"};
    EXPECT_THROW(migrate({first, blocked}), sql::EngineFault);
    EXPECT_EQ(read_number(url_, "SELECT statements_left FROM schema_migration WHERE version = 2"),
              1);
    run_sql(url_, "CREATE TABLE elsewhere (n BIGINT)");
    EXPECT_EQ(migrate({first, blocked}), 1U);
    EXPECT_EQ(read_number(url_, "SELECT count(*) FROM elsewhere"), 1);
}

// The table as the first version of this program made it.
TEST(MigratingSqlite, AHistoryOfTheFirstVersionIsReadAndGoesOn) {
    const auto url = new_database(EngineKind::sqlite);
    run_sql(url,
            "CREATE TABLE schema_migration (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT "
            "NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL, applied_by TEXT NOT NULL)");
    run_sql(url,
            "INSERT INTO schema_migration VALUES (1, '0001_a.sql', '" + sql::checksum(first.text) +
                "', '2026-11-22T14:03:09Z', 'chr21 0.1.0')");
    run_sql(url, "CREATE TABLE a (x BIGINT)");
    sql::Session session(url, sql::Access::read_write);
    sql::require_usable(session, std::vector{first});
    EXPECT_EQ(sql::apply_missing(session, std::vector{first, second}), 1U);
    EXPECT_EQ(read_number(url, "SELECT sum(statements_left) FROM schema_migration"), 0);
    EXPECT_EQ(read_number(url, "SELECT max(x) FROM a"), 2);
}

}  // namespace
}  // namespace chr21::testing
