#include "store/sql/url/database_url.hpp"

#include <chrono>
#include <functional>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::sql {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ParseDatabaseUrl, ReadsPathsOfSqliteFiles) {
    struct Case {
        std::string_view text, path;
    };
    for (const auto& [text, path] : {
             Case{"sqlite:///chr21.sqlite3", "chr21.sqlite3"},
             Case{"sqlite:///some/where/chr21.sqlite3", "some/where/chr21.sqlite3"},
             Case{"sqlite:////var/lib/chr21.sqlite3", "/var/lib/chr21.sqlite3"},
             Case{"SQLite:///x", "x"},
             Case{"sqlite:////a%20b/c%3Fd%23e%25f", "/a b/c?d#e%f"},
             Case{"sqlite:///%C3%A9", "é"},
             Case{"sqlite:///a=b;c\"d'e", "a=b;c\"d'e"},
             Case{"sqlite:///a@b:c", "a@b:c"},
             Case{"sqlite:///a%20b%22c", "a b\"c"},
         }) {
        const auto url = parse_database_url(text);
        ASSERT_TRUE(url) << text << ": " << url.error().message;
        EXPECT_EQ(url->path, path) << text;
    }
}

TEST(ParseDatabaseUrl, ReadsServers) {
    using namespace std::chrono_literals;
    const DatabaseUrl postgresql{
        .engine = EngineKind::postgresql, .host = "h", .port = 5432, .database = "d"};
    const DatabaseUrl mysql{
        .engine = EngineKind::mysql, .host = "h", .port = 3306, .database = "d"};
    struct Case {
        std::string_view text;
        DatabaseUrl url;
        std::function<void(DatabaseUrl&)> change;
    };
    const auto nothing = [](DatabaseUrl&) {};
    const std::vector<Case> cases{
        {"postgresql://h/d", postgresql, nothing},
        {"postgres://h:5432/d", postgresql, nothing},
        {"POSTGRESQL+psycopg2://h/d", postgresql, nothing},
        {"mysql://h/d", mysql, nothing},
        {"mysql+pymysql://h/d", mysql, nothing},
        {"mariadb://h:3306/d?charset=utf8mb4", mysql, nothing},
        {"postgresql://u:p%40%3A%2F%3F%23%25@h:6000/d%20e",
         postgresql,
         [](auto& url) {
             url.user = "u";
             url.password = "p@:/?#%";
             url.port = 6000;
             url.database = "d e";
         }},
        {"mysql://u:p@q:r@h/d",
         mysql,
         [](auto& url) {
             url.user = "u";
             url.password = "p@q:r";
         }},
        {"postgresql://[::1]:6000/d",
         postgresql,
         [](auto& url) {
             url.host = "::1";
             url.port = 6000;
         }},
        {"mysql://[fe80::1]/d", mysql, [](auto& url) { url.host = "fe80::1"; }},
        {"postgresql://u@/d?host=%2Frun%2Fpostgresql",
         postgresql,
         [](auto& url) {
             url.host = "";
             url.user = "u";
             url.socket = "/run/postgresql";
         }},
        {"postgresql://:6000/d?host=/s",
         postgresql,
         [](auto& url) {
             url.host = "";
             url.port = 6000;
             url.socket = "/s";
         }},
        {"mysql:///d?unix_socket=/s/m.sock",
         mysql,
         [](auto& url) {
             url.host = "";
             url.port = 0;
             url.socket = "/s/m.sock";
         }},
        {"postgresql://h/d?sslmode=verify-full&sslrootcert=/r.pem",
         postgresql,
         [](auto& url) {
             url.tls = Tls::verify_full;
             url.root_certificate = "/r.pem";
         }},
        {"mysql://h/d?sslmode=disable", mysql, [](auto& url) { url.tls = Tls::disable; }},
        {"mysql://h/d?ssl_mode=REQUIRED", mysql, [](auto& url) { url.tls = Tls::require; }},
        {"mysql://h/d?ssl_ca=/r.pem",
         mysql,
         [](auto& url) {
             url.tls = Tls::verify_ca;
             url.root_certificate = "/r.pem";
         }},
        {"mysql://h/d?ssl_ca=/r.pem&ssl_verify_identity=true",
         mysql,
         [](auto& url) {
             url.tls = Tls::verify_full;
             url.root_certificate = "/r.pem";
         }},
        {"postgresql://h/d?connect_timeout=2&statement_timeout=30",
         postgresql,
         [](auto& url) {
             url.connect_timeout = 2s;
             url.statement_timeout = 30s;
         }},
    };
    for (auto [text, wanted, change] : cases) {
        change(wanted);
        const auto url = parse_database_url(text);
        ASSERT_TRUE(url) << text << ": " << url.error().message;
        EXPECT_EQ(*url, wanted) << text;
    }
}

TEST(ParseDatabaseUrl, SaysWhatIsWrongWithAServer) {
    struct Case {
        std::string_view text, complaint;
    };
    for (const auto& [text, complaint] : {
             Case{"postgresql://h", "the database's name is missing"},
             Case{"postgresql://h/", "the database's name is missing"},
             Case{"mysql://h/a/b", R"(one database is named behind the host: write "/" as %2F)"},
             Case{"postgresql://h:0/d", "the port after the host must be a number"},
             Case{"postgresql://h:65536/d", "the port after the host must be a number"},
             Case{"postgresql://h:x/d", "the port after the host must be a number"},
             Case{"postgresql://[::1/d", R"(the address after "[" needs its "]")"},
             Case{"postgresql://[::1]x/d", "only a port may follow the address in brackets"},
             Case{"postgresql://a,b/d", "the host must be one name or address"},
             Case{"mysql://:3306/d", "the host before the port is missing"},
             Case{"postgresql://u%4:p@h/d", "needs two hexadecimal digits"},
             Case{"postgresql://u:p%00q@h/d", "the password cannot hold a control character"},
             Case{"postgresql://h/d%0A", "the database's name cannot hold a control character"},
             Case{"postgresql://h/d?hosts=x",
                  "there is no option \"hosts\"; known are connect_timeout, statement_timeout, "
                  "sslmode, sslrootcert, host"},
             Case{"mysql://h/d?host=/x",
                  "there is no option \"host\"; known are connect_timeout, statement_timeout, "
                  "sslmode, sslrootcert, unix_socket, ssl_ca, ssl_mode, ssl_verify_identity, "
                  "charset"},
             Case{"postgresql://h/d?sslmode", "each option needs a value"},
             Case{"postgresql://h/d?sslmode=require&sslmode=disable", "sslmode is given twice"},
             Case{"postgresql://h/d?sslmode=yes",
                  "sslmode must be disable, prefer, require, verify-ca or verify-full"},
             Case{"mysql://h/d?ssl_mode=require",
                  "ssl_mode must be DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY"},
             Case{"mysql://h/d?ssl_verify_identity=1", "ssl_verify_identity must be true or false"},
             Case{"mysql://h/d?ssl_verify_identity=true", "name the file of its root with ssl_ca"},
             Case{"postgresql://h/d?sslmode=verify-ca",
                  "name the file of its root with sslrootcert"},
             Case{"postgresql:///d?sslmode=verify-full&sslrootcert=/r",
                  "a socket has no host name"},
             Case{"postgresql://h/d?sslrootcert=", "sslrootcert must be the path of a PEM file"},
             Case{"postgresql:///d?host=run", "host must be an absolute path"},
             Case{"postgresql://h/d?host=/run", "host and a host cannot both be given"},
             Case{"postgresql://h/d?connect_timeout=0",
                  "connect_timeout must be a whole number of seconds, 1 to 3600"},
             Case{"postgresql://h/d?statement_timeout=1.5", "must be a whole number of seconds"},
             Case{"mysql://h/d?charset=latin1", "charset must be utf8mb4"},
             Case{"postgresql://u:p/q@h/d", R"(write "/" in a password as %2F)"},
         }) {
        const auto url = parse_database_url(text);
        ASSERT_FALSE(url) << text;
        EXPECT_THAT(url.error().message, HasSubstr(complaint)) << text;
    }
}

TEST(DescribeDatabaseUrl, ShowsAllButSecretsAndOptions) {
    for (const auto& [text, shown] :
         {std::pair{"sqlite:///a/b", "a/b"},
          std::pair{"postgres://u:hunter2@h/d", "postgresql://u@h:5432/d"},
          std::pair{"mysql://[::1]/d%20e?sslmode=require", "mysql://[::1]:3306/d%20e"},
          std::pair{"postgresql://u:hunter2@/d?host=/run", "postgresql://u@/d?host=/run"},
          std::pair{"postgresql://:6000/d?host=/run", "postgresql://:6000/d?host=/run"},
          std::pair{"mysql://u@/d?unix_socket=/m", "mysql://u@/d?unix_socket=/m"}}) {
        EXPECT_EQ(describe(parse_database_url(text).value()), shown);
    }
}

TEST(ParseDatabaseUrl, SaysWhatIsWrong) {
    struct Case {
        std::string_view text, complaint;
    };
    for (const auto& [text, complaint] : {
             Case{"",
                  "is not the URL of a database; allowed are sqlite:///relative/path, "
                  "sqlite:////absolute/path, postgresql://user:password@host:port/database and "
                  "mysql://user:password@host:port/database"},
             Case{"chr21.sqlite3", "is not the URL of a database"},
             Case{"sqlite:/chr21.sqlite3", "is not the URL of a database"},
             Case{"oracle://host/db", "is not the URL of a database"},
             Case{"sqlite://host/chr21.sqlite3", "a SQLite file has no host"},
             Case{"sqlite://chr21.sqlite3", "a SQLite file has no host"},
             Case{"sqlite://", "the path of the SQLite file is missing"},
             Case{"sqlite:///", "the path of the SQLite file is missing"},
             Case{"sqlite:////", "the path of the SQLite file is missing"},
             Case{"sqlite:////var/lib/", "the path of the SQLite file is missing"},
             Case{"sqlite:///:memory:", "a database in memory is gone when the program ends"},
             Case{"sqlite:///x?mode=ro", "no options are known"},
             Case{"sqlite:///x#y", "no options are known"},
             Case{"sqlite:///50%", "each \"%\" needs two hexadecimal digits"},
             Case{"sqlite:///%4", "each \"%\" needs two hexadecimal digits"},
             Case{"sqlite:///%zz", "each \"%\" needs two hexadecimal digits"},
             Case{"sqlite:///%-1", "each \"%\" needs two hexadecimal digits"},
             Case{"sqlite:///a%00b", "a path cannot hold a NUL byte"},
         }) {
        const auto url = parse_database_url(text);
        ASSERT_FALSE(url) << text;
        EXPECT_THAT(url.error().message, HasSubstr(complaint)) << text;
        EXPECT_EQ(url.error().parameter, "database") << text;
    }
}

TEST(ParseDatabaseUrl, NeverRepeatsAPassword) {
    struct Case {
        std::string_view text, shown;
    };
    for (const auto& [text, shown] : {
             Case{"postgresql://ann:hunter2@host", "postgresql://***@host"},
             Case{"postgresql://ann:hunter2/db", "postgresql://***/db"},
             Case{"postgresql://ann:1/hunter2@host/db", "postgresql://***@host/db"},
             Case{"postgresql://ann:1?hunter2@host/db", "postgresql://***@host/db"},
             Case{"postgresql://ann:1#hunter2@host/db", "postgresql://***@host/db"},
             Case{"postgresql://ann:hunter2%@host/db", "postgresql://***@host/db"},
             Case{"mysql://ann:hun/ter2@host/db", "mysql://***@host/db"},
             Case{"oracle://ann:p@hunter2@host", "oracle://***@host"},
             Case{"ann:hunter2@host/db", "***@host/db"},
             Case{"sqlite://ann:hunter2@host/db", "sqlite://***@host/db"},
             Case{"postgres://host/db?password=hunter2", "postgres://host/db?***"},
             Case{"sqlite:///a@b?c=hunter2", "sqlite:///a@b?***"},
         }) {
        const auto url = parse_database_url(text);
        ASSERT_FALSE(url) << text;
        EXPECT_EQ(url.error().value, shown);
        EXPECT_THAT(url.error().message, Not(HasSubstr("hunter2")));
    }
}

}  // namespace
}  // namespace chr21::sql
