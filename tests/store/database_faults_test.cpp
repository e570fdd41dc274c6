// What is said when a database file cannot be used, and that it is left as it was.

#include "store/sql/database.hpp"
#include "store/sql/sql_store.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/sqlite_file.hpp"

#include <functional>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace chr21::testing {
namespace {

namespace fs = std::filesystem;
using sql::Database;
using sql::DatabaseUrl;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr fs::perms read_only{0444};
constexpr fs::perms read_only_directory{0555};
constexpr auto nobody = 65534U;

// Root may do everything, so tests of permissions step down to an ordinary user for a while.
class AsOrdinaryUser {
public:
    AsOrdinaryUser() {
        if (before_ == 0 && seteuid(nobody) != 0) ADD_FAILURE() << "seteuid";
    }
    ~AsOrdinaryUser() {
        if (before_ == 0 && seteuid(before_) != 0) ADD_FAILURE() << "seteuid";
    }
    AsOrdinaryUser(const AsOrdinaryUser&) = delete;
    AsOrdinaryUser& operator=(const AsOrdinaryUser&) = delete;
    AsOrdinaryUser(AsOrdinaryUser&&) = delete;
    AsOrdinaryUser& operator=(AsOrdinaryUser&&) = delete;

private:
    uid_t before_ = geteuid();
};

class DatabaseFaults : public ::testing::Test {
protected:
    DatabaseFaults() {
        fs::permissions(directory_.path(), fs::perms::all);
        const std::vector<Gene> genes(three_genes());
        EXPECT_TRUE(Database::open(url()).load(dataset_of(genes), genes));
    }

    std::string path() const { return directory_.file("genes.sqlite3"); }
    DatabaseUrl url() const { return {path()}; }

    // Writing, reading and answering all refuse the file in the same words, and leave it alone.
    void expect_refusal(const std::string& complaint) const {
        const auto before = bytes_of(path());
        const std::vector<std::function<void()>> uses{
            [&] { Database::open(url()).read(); },
            [&] { Database::open_read_only(url()).read(); },
            [&] { open_sql_store(url(), represent)->list({}, {}, {}); }};
        for (const auto& use : uses) {
            EXPECT_THAT(
                complaint_of(use),
                AllOf(StartsWith(path() + ": "), HasSubstr(complaint), Not(HasSubstr("\n"))));
        }
        EXPECT_EQ(bytes_of(path()), before);
    }

    TemporaryDirectory directory_;
};

TEST_F(DatabaseFaults, AMissingDirectory) {
    const DatabaseUrl missing{directory_.file("no/such/genes.sqlite3")};
    EXPECT_THAT(complaint_of([&] { Database::open(missing); }),
                AllOf(StartsWith(missing.path),
                      HasSubstr("there is no directory"),
                      HasSubstr("make it, or choose another file")));
    EXPECT_FALSE(fs::exists(directory_.file("no")));
}

TEST_F(DatabaseFaults, ADirectoryInPlaceOfAFile) {
    EXPECT_THAT(complaint_of([&] { Database::open(DatabaseUrl{directory_.path().string()}); }),
                HasSubstr("it is a directory"));
}

TEST_F(DatabaseFaults, AMissingFileThatIsOnlyToBeRead) {
    const DatabaseUrl missing{directory_.file("missing.sqlite3")};
    EXPECT_THAT(complaint_of([&] { Database::open_read_only(missing); }),
                AllOf(StartsWith(missing.path), HasSubstr("there is no such file")));
    EXPECT_THAT(complaint_of([&] { open_sql_store(missing, represent); }),
                AllOf(StartsWith(missing.path), HasSubstr("there is no such file")));
    EXPECT_FALSE(fs::exists(missing.path));
}

TEST_F(DatabaseFaults, AFileThatIsNoDatabase) {
    write_bytes(path(), "Gene stable ID,Gene name\n" + std::string(10'000, 'x'));
    expect_refusal("is not a SQLite database; it was left as it is");
    write_bytes(path(), "short");
    expect_refusal("is not a SQLite database; it was left as it is");
}

TEST_F(DatabaseFaults, ATruncatedFile) {
    fs::resize_file(path(), fs::file_size(path()) / 2);
    expect_refusal("is damaged; it was left as it is: restore it from a copy");
}

TEST_F(DatabaseFaults, AFileWithGarbageInItsMiddle) {
    auto bytes = bytes_of(path());
    constexpr std::size_t header = 4096;
    std::fill(bytes.begin() + header, bytes.end(), '\xA5');
    write_bytes(path(), bytes);
    expect_refusal("is damaged; it was left as it is: restore it from a copy");
}

TEST_F(DatabaseFaults, GenesThatAreMissingOrImpossible) {
    struct Case {
        std::string harm, complaint;
    };
    for (const auto& [harm, complaint] : {
             Case{"DELETE FROM gene WHERE gene_order = 1", "has 2 genes instead of 3"},
             Case{"UPDATE gene SET gene_start = 0 WHERE gene_order = 0", "a position of 0"},
             Case{"UPDATE gene SET gene_end = 4294967296 WHERE gene_order = 0",
                  "a position of 4294967296"},
             Case{"UPDATE gene SET strand = 7 WHERE gene_order = 0", "a strand of 7"},
         }) {
        run_sql(path(), harm + " AND dataset_id = (SELECT id FROM dataset WHERE active = 1)");
        EXPECT_THAT(complaint_of([&] { Database::open(url()).read(); }),
                    AllOf(HasSubstr("is damaged"), HasSubstr(complaint)));
        ASSERT_TRUE(
            Database::open(url()).load(dataset_of(three_genes(), complaint), three_genes()));
    }
}

TEST_F(DatabaseFaults, ANewerSchema) {
    run_sql(path(),
            "INSERT INTO schema_migration VALUES (4, '0004_bands.sql', 'f00', "
            "'2027-01-01T00:00:00Z', 'chr21 0.9.0', 4, 0)");
    expect_refusal(
        "has schema version 4, and this program knows up to 3; use chr21 0.9.0 or later, "
        "or another database URL");
}

TEST_F(DatabaseFaults, AStepOfTheSchemaThatWasChanged) {
    run_sql(path(), "UPDATE schema_migration SET checksum = 'f00', applied_by = 'chr21 0.0.9'");
    expect_refusal(
        "its schema step 0001_datasets_and_genes.sql was applied by chr21 0.0.9 with "
        "another content than this program's");
}

TEST_F(DatabaseFaults, ADatabaseOfAnotherProgram) {
    for (const auto* sql : {"CREATE TABLE bookmark (url TEXT)",
                            "PRAGMA application_id = 252006673",
                            "PRAGMA user_version = 5"}) {
        fs::remove(path());
        run_sql(path(), sql);
        expect_refusal("is a SQLite database of another program; it was left as it is");
    }
}

TEST_F(DatabaseFaults, AFileThatMayNotBeRead) {
    fs::permissions(path(), fs::perms::none);
    const AsOrdinaryUser ordinary;
    EXPECT_THAT(complaint_of([&] { Database::open(url()); }),
                AllOf(StartsWith(path()), HasSubstr("cannot be opened: Permission denied")));
}

TEST_F(DatabaseFaults, ADirectoryThatMayNotBeEntered) {
    fs::permissions(directory_.path(), fs::perms::none);
    const AsOrdinaryUser ordinary;
    EXPECT_THAT(complaint_of([&] { Database::open(url()); }),
                AllOf(StartsWith(path()), HasSubstr("cannot be opened: Permission denied")));
}

TEST_F(DatabaseFaults, ADirectoryThatMayNotBeWrittenTo) {
    fs::permissions(directory_.path(), read_only_directory);
    const AsOrdinaryUser ordinary;
    const DatabaseUrl missing{directory_.file("missing.sqlite3")};
    EXPECT_THAT(complaint_of([&] { Database::open(missing); }),
                AllOf(StartsWith(missing.path),
                      HasSubstr("cannot be made: no permission to write in its directory")));
}

TEST_F(DatabaseFaults, AReadOnlyFileIsReadAndNotWritten) {
    fs::permissions(path(), read_only);
    const AsOrdinaryUser ordinary;
    auto database = Database::open(url());
    EXPECT_EQ(database.read().genes, three_genes());
    EXPECT_THAT(complaint_of([&] { std::ignore = database.load(dataset_of({}, "second"), {}); }),
                AllOf(StartsWith(path()), HasSubstr("is read-only; allow writing to it")));
    EXPECT_EQ(database.read().genes, three_genes());
}

TEST_F(DatabaseFaults, AReadOnlyFileWithoutASchema) {
    fs::remove(path());
    write_bytes(path(), "");
    fs::permissions(path(), read_only);
    const AsOrdinaryUser ordinary;
    EXPECT_THAT(complaint_of([&] { Database::open(url()); }),
                HasSubstr("has no tables of this program yet; run `chr21 migrate up`"));
}

TEST_F(DatabaseFaults, AFileInAReadOnlyDirectoryIsReadAndNotWritten) {
    fs::permissions(path(), fs::perms::all);
    fs::permissions(directory_.path(), read_only_directory);
    const AsOrdinaryUser ordinary;
    auto database = Database::open(url());
    EXPECT_EQ(database.read().genes, three_genes());
    EXPECT_THAT(complaint_of([&] { std::ignore = database.load(dataset_of({}, "second"), {}); }),
                StartsWith(path()));
    EXPECT_EQ(database.read().genes, three_genes());
}

TEST_F(DatabaseFaults, AFileThatAnotherProgramHasLocked) {
    sql::Session other(url(), sql::Access::read_write);
    other.run("BEGIN EXCLUSIVE");
    EXPECT_THAT(complaint_of([&] { Database::open(url()).read(); }),
                AllOf(StartsWith(path()), HasSubstr("is locked by another program")));
}

}  // namespace
}  // namespace chr21::testing
