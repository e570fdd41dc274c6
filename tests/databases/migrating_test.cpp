// What tests/store/migrations_test.cpp says of SQLite, on every engine.

#include "store/sql/connection.hpp"
#include "store/sql/migrations.hpp"
#include "tests/databases/servers.hpp"
#include "tests/store/sqlite_file.hpp"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using sql::DatabaseUrl;
using sql::Engine;
using sql::Migration;
using ::testing::HasSubstr;

const Migration first{1,
                      "0001_a.sql",
                      "-- Why, isn't it: a comment.\nCREATE TABLE a (\n    x BIGINT\n);\n\n"
                      "INSERT INTO a VALUES (1);\n"};
const Migration second{2, "0002_b.sql", "CREATE TABLE b (y BIGINT);\nINSERT INTO a VALUES (2);\n"};

class Migrating : public ::testing::TestWithParam<Engine> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database(GetParam());
    }

    std::size_t migrate(const std::vector<Migration>& migrations,
                        std::int64_t last = std::numeric_limits<std::int64_t>::max()) const {
        soci::session session;
        connect(session, url_, sql::Access::read_write);
        return sql::migrate(session, url_, migrations, last);
    }
    void require_usable(const std::vector<Migration>& migrations, std::int64_t oldest) const {
        soci::session session;
        connect(session, url_, sql::Access::read_only);
        sql::require_usable(session, url_, migrations, oldest);
    }

    DatabaseUrl url_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Migrating,
                         ::testing::Values(Engine::sqlite, Engine::postgresql, Engine::mysql),
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

}  // namespace
}  // namespace chr21::testing
