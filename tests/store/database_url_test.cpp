#include "store/sql/database_url.hpp"

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
         }) {
        const auto url = parse_database_url(text);
        ASSERT_TRUE(url) << text << ": " << url.error().message;
        EXPECT_EQ(url->path, path) << text;
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
             Case{"sqlite:///a%20b%22c", "both a space and a double quote"},
         }) {
        const auto url = parse_database_url(text);
        ASSERT_FALSE(url) << text;
        EXPECT_THAT(url.error().message, HasSubstr(complaint)) << text;
        EXPECT_EQ(url.error().parameter, "--database-url") << text;
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
