// What is said when a server cannot be used: which part of the URL is wrong, or what the server
// lacks, in one line without the password.

#include "store/sql/database.hpp"
#include "store/sql/engine/mysql_backend.hpp"
#include "store/sql/engine/postgresql_backend.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/engine/transaction.hpp"
#include "store/sql/sql_store.hpp"
#include "tests/databases/process.hpp"
#include "tests/databases/servers.hpp"
#include "tests/store/sqlite_file.hpp"

#include <chrono>
#include <functional>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using sql::DatabaseUrl;
using sql::EngineKind;
using sql::Tls;
using sql::Transaction;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Faults : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database(GetParam());
    }

    // What is said about a connection to the URL.
    static std::string complaint_about(const DatabaseUrl& url) {
        const auto complaint = complaint_of([&] {
            sql::on_database(url, [&] { const sql::Session session(url, sql::Access::read_only); });
        });
        EXPECT_THAT(complaint, AllOf(StartsWith(describe(url) + ": "), Not(HasSubstr("\n"))));
        EXPECT_THAT(complaint, AllOf(Not(HasSubstr("p@ss")), Not(HasSubstr("hunter2"))));
        return complaint;
    }

    DatabaseUrl url_;
};

INSTANTIATE_TEST_SUITE_P(Servers,
                         Faults,
                         ::testing::Values(EngineKind::postgresql, EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

TEST_P(Faults, SayWhichPartOfTheUrlIsWrong) {
    struct Case {
        std::string complaint;
        std::function<void(DatabaseUrl&)> change;
    };
    const std::vector<Case> cases{
        {"there is no host of that name", [](auto& url) { url.host = "nowhere.invalid"; }},
        {"nothing listens there", [](auto& url) { url.port = free_port(); }},
        {"refused the user or the password", [](auto& url) { url.password = "hunter2"; }},
        {"refused the user or the password", [](auto& url) { url.password.clear(); }},
        {"refused the user or the password", [](auto& url) { url.user = "nobody"; }},
        {"there is no such database on this server", [](auto& url) { url.database = "none"; }},
        {"there is no socket there",
         [](auto& url) {
             url.host.clear();
             url.socket = "/nowhere";
         }},
    };
    for (const auto& [complaint, change] : cases) {
        auto wrong = url_;
        change(wrong);
        EXPECT_THAT(complaint_about(wrong), HasSubstr(complaint));
    }
}

TEST_P(Faults, CheckTheCertificateAsFarAsAsked) {
    struct Case {
        std::string host;
        Tls tls = Tls::disable;
        std::string root, complaint;
    };
    const auto root = root_certificate(GetParam());
    const auto other = other_root_certificate(GetParam());
    for (const auto& [host, tls, file, complaint] : {
             Case{"localhost", Tls::verify_full, root, ""},
             Case{"127.0.0.1", Tls::verify_full, root, "certificate is for another host name"},
             Case{"localhost", Tls::verify_full, other, "is not signed by the root"},
             Case{"127.0.0.1", Tls::verify_ca, root, ""},
             Case{"127.0.0.1", Tls::verify_ca, other, "is not signed by the root"},
             Case{"127.0.0.1", Tls::verify_ca, "/nowhere.pem", "cannot be read"},
             Case{"127.0.0.1", Tls::require, "", ""},
             Case{"127.0.0.1", Tls::prefer, "", ""},
         }) {
        auto url = url_;
        url.host = host;
        url.tls = tls;
        url.root_certificate = file;
        if (complaint.empty()) {
            EXPECT_NO_THROW(sql::Session(url, sql::Access::read_only)) << host << file;
        } else {
            EXPECT_THAT(complaint_about(url), HasSubstr(complaint)) << host << file;
        }
    }
}

// Whether the connection is encrypted, as the server sees it.
bool is_encrypted(sql::Session& session, sql::EngineKind engine) {
    std::string name;
    std::string cipher;
    if (engine == EngineKind::mysql) {
        read_row(session, "SHOW SESSION STATUS LIKE 'Ssl_cipher'", name, cipher);
        return !cipher.empty();
    }
    read_row(
        session, "SELECT cast(ssl AS text) FROM pg_stat_ssl WHERE pid = pg_backend_pid()", cipher);
    return cipher == "true";
}

TEST_P(Faults, TlsIsUsedUnlessItIsTurnedOff) {
    for (const auto& [tls, encrypted] : {std::pair{Tls::disable, false},
                                         {Tls::prefer, true},
                                         {Tls::require, true},
                                         {Tls::verify_full, true}}) {
        auto url = url_;
        url.host = "localhost";
        url.tls = tls;
        if (tls == Tls::verify_full) url.root_certificate = root_certificate(GetParam());
        sql::Session session(url, sql::Access::read_only);
        EXPECT_EQ(is_encrypted(session, GetParam()), encrypted) << static_cast<int>(tls);
    }
}

TEST(MariadbWithoutTls, IsUsedOnlyWhereTlsIsNotAskedFor) {
    CHR21_NEEDS_SERVER(EngineKind::mysql);
    auto url = mariadb_without_tls();
    url.root_certificate = root_certificate(EngineKind::mysql);
    for (const auto tls : {Tls::require, Tls::verify_ca, Tls::verify_full}) {
        url.tls = tls;
        EXPECT_THAT(complaint_of([&] {
                        sql::on_database(url, [&] { sql::Session(url, sql::Access::read_only); });
                    }),
                    HasSubstr("does not speak TLS"));
    }
    url.tls = Tls::prefer;
    url.root_certificate.clear();
    EXPECT_NO_THROW(sql::Session(url, sql::Access::read_only));
}

TEST_P(Faults, AStatementThatTakesTooLongIsEnded) {
    url_.statement_timeout = std::chrono::seconds(1);
    sql::Session session(url_, sql::Access::read_only);
    const auto complaint = complaint_of([&] {
        sql::on_database(url_, [&] {
            const Transaction transaction(session, Transaction::Kind::reading);
            session.run((GetParam() == EngineKind::mysql
                             ? "SELECT count(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b"
                             : "SELECT pg_sleep(30)"));
        });
    });
    EXPECT_THAT(complaint, HasSubstr("did not answer a statement within statement_timeout"));
}

TEST_P(Faults, ASilentHostIsGivenUp) {
    // Listens, and takes no connection: the system completes the first few by itself.
    const SilentListener listener;
    auto url = url_;
    url.port = listener.port();
    url.connect_timeout = std::chrono::seconds(2);
    EXPECT_THAT(complaint_about(url), HasSubstr("did not answer within connect_timeout"));
}

TEST_P(Faults, AConnectionThatTheServerEndedIsUnavailable) {
    sql::Session session(url_, sql::Access::read_only);
    std::int64_t id = 0;
    read_row(
        session,
        (GetParam() == EngineKind::mysql ? "SELECT connection_id()" : "SELECT pg_backend_pid()"),
        id);
    run_sql(as_administrator(url_),
            (GetParam() == EngineKind::mysql ? "KILL " : "SELECT pg_terminate_backend(") +
                std::to_string(id) + (GetParam() == EngineKind::mysql ? "" : ")"));
    EXPECT_THAT(
        complaint_of([&] {
            sql::on_database(
                url_, [&] { const Transaction transaction(session, Transaction::Kind::reading); });
        }),
        ::testing::AnyOf(HasSubstr("ended the connection"), HasSubstr("the connection was lost")));
}

TEST_P(Faults, ADatabaseWithoutASchemaIsLeftAsItIs) {
    for (const auto& use : std::vector<std::function<void()>>{
             [&] { sql::Database::open(url_); },
             [&] { sql::Database::open_read_only(url_); },
             [&] { open_sql_store(url_, [](const Gene&) { return std::string(); }); }}) {
        EXPECT_THAT(complaint_of(use),
                    StartsWith(describe(url_) +
                               ": has no tables of this program yet; run `chr21 migrate up`"));
    }
    EXPECT_EQ(read_number(url_,
                          "SELECT count(*) FROM information_schema.tables WHERE table_name IN "
                          "('gene', 'schema_migration') AND table_schema IN ('public', '" +
                              url_.database + "')"),
              0);
}

TEST(ClientLibraries, NameTheirPackageWhereSomethingIsMissing) {
    for (const auto& [library, package] :
         {std::pair<const sql::ClientLibrary*, std::string>{&sql::postgresql::libpq(), "libpq5"},
          std::pair<const sql::ClientLibrary*, std::string>{&sql::mysql::libmariadb(),
                                                            "libmariadb3"}}) {
        EXPECT_THAT(complaint_of([&] { (void)library->function("no such function"); }),
                    HasSubstr("install the package " + package));
    }
    EXPECT_THAT(complaint_of([] { sql::ClientLibrary("Some", "libnone.so.1", "libnone1"); }),
                AllOf(StartsWith("Some databases need a library that cannot be loaded; install the "
                                 "package libnone1"),
                      HasSubstr("libnone.so.1")));
}

}  // namespace
}  // namespace chr21::testing
