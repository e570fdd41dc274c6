#include "store/sql/dataset/migrations.hpp"

#include "store/sql/engine/query.hpp"
#include "tests/store/sqlite_file.hpp"
#include "tests/store/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using sql::Migration;
using ::testing::HasSubstr;

const Migration first{
    1, "0001_a.sql", "-- Why.\nCREATE TABLE a (\n    x BIGINT\n);\n\nINSERT INTO a VALUES (1);\n"};
const Migration second{2, "0002_b.sql", "CREATE TABLE b (y BIGINT);\nINSERT INTO a VALUES (2);\n"};
const Migration broken{
    2, "0002_b.sql", "CREATE TABLE b (y BIGINT);\nINSERT INTO nowhere VALUES (1);\n"};

class MigrationsTest : public ::testing::Test {
protected:
    std::string path() const { return directory_.file("m.sqlite3"); }
    sql::DatabaseUrl url() const { return {.path = path()}; }

    void migrate(const std::vector<Migration>& migrations) const {
        sql::Session session(url(), sql::Access::read_write);
        sql::apply_missing(session, migrations);
    }
    void require_usable(const std::vector<Migration>& migrations, std::int64_t oldest) const {
        sql::Session session(url(), sql::Access::read_only);
        sql::require_usable(session, migrations, oldest);
    }

private:
    TemporaryDirectory directory_;
};

TEST(BuiltInMigrations, AreNumberedFromOneAndNamedByTheirFiles) {
    for (const auto engine :
         {sql::EngineKind::sqlite, sql::EngineKind::postgresql, sql::EngineKind::mysql}) {
        const auto migrations = sql::built_in_migrations(engine);
        ASSERT_FALSE(migrations.empty());
        for (std::size_t i = 0; i < migrations.size(); ++i) {
            EXPECT_EQ(migrations[i].version, static_cast<std::int64_t>(i + 1));
            EXPECT_TRUE(migrations[i].name.ends_with(".sql")) << migrations[i].name;
            EXPECT_TRUE(migrations[i].text.ends_with(";\n")) << migrations[i].name;
        }
    }
}

TEST(BuiltInMigrations, AreTheSameStepsOnEveryEngine) {
    const auto names = [](sql::EngineKind engine) {
        std::vector<std::string> all;
        for (const auto& step : sql::built_in_migrations(engine)) all.emplace_back(step.name);
        return all;
    };
    EXPECT_EQ(names(sql::EngineKind::postgresql), names(sql::EngineKind::sqlite));
    EXPECT_EQ(names(sql::EngineKind::mysql), names(sql::EngineKind::sqlite));
}

TEST_F(MigrationsTest, RunsEveryStatementOfAFileOnce) {
    migrate({first});
    migrate({first});
    EXPECT_EQ(read_number(path(), "SELECT sum(x) FROM a"), 1);
    EXPECT_EQ(read_number(path(), "SELECT count(*) FROM schema_migration"), 1);
}

TEST_F(MigrationsTest, BringsAnOlderSchemaUpToDate) {
    migrate({first});
    EXPECT_THAT(complaint_of([&] { require_usable({first, second}, 2); }),
                HasSubstr("its schema lacks 0002_b.sql; run `chr21 migrate up`"));
    require_usable({first, second}, 1);
    migrate({first, second});
    require_usable({first, second}, 2);
    EXPECT_EQ(read_number(path(), "SELECT sum(x) FROM a"), 3);
}

TEST_F(MigrationsTest, LeavesNothingOfAStepThatFails) {
    EXPECT_THROW(migrate({first, broken}), sql::EngineFault);
    EXPECT_EQ(read_number(path(), "SELECT max(version) FROM schema_migration"), 1);
    EXPECT_EQ(read_number(path(), "SELECT count(*) FROM sqlite_master WHERE name = 'b'"), 0);
    migrate({first, second});
    EXPECT_EQ(read_number(path(), "SELECT sum(x) FROM a"), 3);
}

TEST_F(MigrationsTest, RefusesANewerSchemaAndOneWithAnotherContent) {
    migrate({first, second});
    EXPECT_THAT(complaint_of([&] { migrate({first}); }), HasSubstr("has schema version 2"));
    EXPECT_THAT(complaint_of([&] { migrate({first, broken}); }), HasSubstr("0002_b.sql"));
}

TEST_F(MigrationsTest, SaysWhatWasAppliedWhenAndByWhom) {
    migrate({first});
    sql::Session session(url(), sql::Access::read_only);
    std::string name;
    std::string checksum;
    std::string at;
    std::string by;
    read_row(session,
             "SELECT name, checksum, applied_at, applied_by FROM schema_migration",
             name,
             checksum,
             at,
             by);
    EXPECT_EQ(name, "0001_a.sql");
    EXPECT_EQ(checksum.size(), 16U);
    EXPECT_EQ(at.size(), std::string("2026-11-22T14:03:09Z").size());
    EXPECT_TRUE(by.starts_with("chr21 ")) << by;
}

}  // namespace
}  // namespace chr21::testing
