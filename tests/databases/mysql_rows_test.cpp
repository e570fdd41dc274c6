// Both ways to write many rows into MySQL keep every byte, and neither stores what does not fit.

#include "store/sql/database.hpp"
#include "store/sql/engine/mysql_local_file.hpp"
#include "store/sql/engine/session.hpp"
#include "tests/databases/servers.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/sqlite_file.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using namespace std::string_view_literals;

using sql::Access;
using sql::Database;
using sql::DatabaseUrl;
using sql::EngineKind;
using ::testing::HasSubstr;

// Whether the server takes local files, while the object lives.
class LocalFiles {
public:
    explicit LocalFiles(const DatabaseUrl& url, bool taken) : url_(as_administrator(url)) {
        run_sql(url_, std::string("SET GLOBAL local_infile = ") + (taken ? "ON" : "OFF"));
    }
    ~LocalFiles() { run_sql(url_, "SET GLOBAL local_infile = ON"); }
    LocalFiles(const LocalFiles&) = delete;
    LocalFiles& operator=(const LocalFiles&) = delete;
    LocalFiles(LocalFiles&&) = delete;
    LocalFiles& operator=(LocalFiles&&) = delete;

private:
    DatabaseUrl url_;
};

class MysqlRows : public ::testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(EngineKind::mysql);
        url_ = new_database_with_schema(EngineKind::mysql);
        files_.emplace(url_, GetParam());
    }

    DatabaseUrl url_;
    std::optional<LocalFiles> files_;
};

INSTANTIATE_TEST_SUITE_P(Ways, MysqlRows, ::testing::Bool(), [](const auto& taken) {
    return taken.param ? "LocalFile" : "Insert";
});

TEST_P(MysqlRows, AreWrittenInTheWayThatTheServerTakes) {
    sql::Session session(url_, Access::read_write);
    EXPECT_EQ(sql::mysql::takes_local_files(session), GetParam());
}

TEST_P(MysqlRows, KeepEveryByteOfAText) {
    auto genes = three_genes();
    constexpr auto odd = "a\tb\nc\r\nd\\e\\N'f'\"g\"\0h %_\xC3\xA9"sv;
    genes[0].gene_description = odd;
    genes[1].gene_name = "\\N";
    genes[2].gene_description = "";
    auto database = Database::open(url_);
    ASSERT_TRUE(database.load(dataset_of(genes), genes));
    EXPECT_EQ(database.read().genes, genes);
}

TEST_P(MysqlRows, ComeInMoreThanOneStatement) {
    std::vector<Gene> genes;
    for (int i = 100; i < 160; ++i) {
        genes.push_back({.gene_stable_id = "G" + std::to_string(i),
                         .gene_description = std::string(100'000, 'x')});
    }
    auto database = Database::open(url_);
    ASSERT_TRUE(database.load(dataset_of(genes), genes));
    EXPECT_EQ(database.read().genes, genes);
}

TEST_P(MysqlRows, AreNotCutShort) {
    const std::vector<Gene> genes{{.gene_stable_id = std::string(1021, 'G')}};
    auto database = Database::open(url_);
    EXPECT_FALSE(
        complaint_of([&] { std::ignore = database.load(dataset_of(genes), genes); }).empty());
    EXPECT_THAT(database.datasets(), ::testing::IsEmpty());
}

// What a server that is not to be trusted could ask for.
TEST(MysqlLocalFile, IsNoFileOfThisMachine) {
    CHR21_NEEDS_SERVER(EngineKind::mysql);
    const auto url = new_database_with_schema(EngineKind::mysql);
    const auto complaint = [&](Access access) -> std::string {
        sql::Session session(url, access);
        try {
            session.run("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE dataset");
        } catch (const sql::EngineFault& fault) {
            return fault.what();
        }
        return "the file was sent";
    };
    EXPECT_THAT(complaint(Access::read_write), HasSubstr("this program sends no files"));
    EXPECT_THAT(complaint(Access::read_only), ::testing::Not(HasSubstr("sends no files")));
}

}  // namespace
}  // namespace chr21::testing
