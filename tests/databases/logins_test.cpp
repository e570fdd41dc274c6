// Who a connection is made as, where the password of a server's user changes.

#include "store/sql/database.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/question/connections.hpp"
#include "tests/databases/servers.hpp"
#include "tests/store/sqlite_file.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using namespace std::chrono_literals;
using sql::DatabaseAccess;
using sql::DatabaseUrl;
using sql::EngineKind;
using sql::Login;
using sql::Session;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Logins : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database_with_schema(GetParam());
        run_as_administrator(GetParam() == EngineKind::mysql
                                 ? "CREATE OR REPLACE USER rotating IDENTIFIED BY 'first'"
                                 : "DROP ROLE IF EXISTS rotating");
        run_as_administrator(GetParam() == EngineKind::mysql
                                 ? "GRANT ALL ON *.* TO rotating"
                                 : "CREATE ROLE rotating SUPERUSER LOGIN PASSWORD 'first'");
    }

    void run_as_administrator(const std::string& sql) const {
        run_sql(as_administrator(url_), sql);
    }

    void rotate(const std::string& password) const {
        run_as_administrator(GetParam() == EngineKind::mysql
                                 ? "ALTER USER rotating IDENTIFIED BY '" + password + "'"
                                 : "ALTER ROLE rotating PASSWORD '" + password + "'");
    }

    // The password that was read last, until it is to be read anew; writes down what it was asked.
    DatabaseAccess access() {
        return {url_, [this](bool anew) {
                    asked_.push_back(anew);
                    if (anew) remembered_ = current_;
                    return Login{.user = "rotating", .password = remembered_};
                }};
    }

    static std::string user_of(Session& session) {
        std::string user;
        read_row(session,
                 GetParam() == EngineKind::mysql ? "SELECT substring_index(user(), '@', 1)"
                                                 : "SELECT cast(current_user AS text)",
                 user);
        return user;
    }

    DatabaseUrl url_;
    std::string remembered_ = "first";
    std::string current_ = "first";
    std::vector<bool> asked_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Logins,
                         ::testing::Values(EngineKind::postgresql, EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

TEST_P(Logins, AreAskedForAtEachConnectAndAnewWhereOneIsRefused) {
    Session before(access(), sql::Access::read_only);
    EXPECT_EQ(user_of(before), "rotating");
    EXPECT_THAT(asked_, ElementsAre(false));
    rotate("second");
    current_ = "second";
    Session after(access(), sql::Access::read_only);
    EXPECT_EQ(user_of(after), "rotating");
    EXPECT_THAT(asked_, ElementsAre(false, false, true));
    Session again(access(), sql::Access::read_only);
    EXPECT_THAT(asked_, ElementsAre(false, false, true, false));
}

TEST_P(Logins, AreAskedForAnewOnce) {
    rotate("second");
    EXPECT_THAT(complaint_of([&] { sql::Database::open_read_only(access()); }),
                HasSubstr("refused the user or the password"));
    EXPECT_THAT(asked_, ElementsAre(false, true));
}

TEST_P(Logins, AreNotAskedForAnewWhereAnotherThingIsWrong) {
    url_.database = "missing";
    EXPECT_THAT(complaint_of([&] { sql::Database::open_read_only(access()); }),
                HasSubstr("there is no such database on this server"));
    EXPECT_THAT(asked_, ElementsAre(false));
}

TEST_P(Logins, AreTheUrlsOwnWhereNobodyIsAsked) {
    Session session(url_, sql::Access::read_only);
    EXPECT_EQ(user_of(session), url_.user);
}

// As tokens have that stand for passwords.
TEST_P(Logins, MayHaveAPasswordOfManyCharacters) {
    remembered_ = std::string(1500, 'x') + "%/+=&";
    rotate(remembered_);
    Session session(access(), sql::Access::read_only);
    EXPECT_EQ(user_of(session), "rotating");
    EXPECT_THAT(asked_, ElementsAre(false));
}

TEST_P(Logins, OfAPoolChangeFromConnectionToConnection) {
    sql::Connections connections(access(), 2, 2s);
    connections.ask([&](Session& first) {
        rotate("second");
        current_ = "second";
        EXPECT_EQ(connections.ask([&](Session& second) { return user_of(second); }), "rotating");
        return user_of(first);
    });
    EXPECT_THAT(asked_, ElementsAre(false, false, true));
}

TEST_P(Logins, ShowNoPasswordInWhatIsSaid) {
    rotate("second");
    remembered_ = "hunter2";
    current_ = "hunter3";
    EXPECT_THAT(complaint_of([&] { sql::Database::open_read_only(access()); }),
                ::testing::Not(HasSubstr("hunter")));
}

}  // namespace
}  // namespace chr21::testing
