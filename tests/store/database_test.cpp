#include "store/sql/database.hpp"

#include "store/sql/dataset/migrations.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/sql_store.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/sqlite_file.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace chr21::testing {
namespace {

using sql::Database;
using sql::DatabaseUrl;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class DatabaseTest : public ::testing::Test {
protected:
    std::string path() const { return directory_.file("genes.sqlite3"); }
    DatabaseUrl url() const { return {path()}; }

    void store(const std::vector<Gene>& genes) const {
        ASSERT_TRUE(Database::open(url()).load(dataset_of(genes), genes));
    }

    TemporaryDirectory directory_;
};

TEST_F(DatabaseTest, MakesAMissingFileWithoutADataset) {
    const auto database = Database::open(url());
    EXPECT_TRUE(std::filesystem::exists(path()));
    EXPECT_FALSE(database.active());
    EXPECT_THAT(complaint_of([&] { database.read(); }),
                AllOf(StartsWith(path()), HasSubstr("no dataset has been stored in it")));
}

TEST_F(DatabaseTest, TakesAnEmptyFileForANewOne) {
    write_bytes(path(), "");
    store(three_genes());
    EXPECT_EQ(Database::open(url()).read().genes, three_genes());
}

TEST_F(DatabaseTest, ReadsBackInGenomeOrderWhatWasStored) {
    auto genes = three_genes();
    std::ranges::reverse(genes);
    auto dataset = dataset_of(genes);
    dataset.release = "114";
    ASSERT_TRUE(Database::open(url()).load(dataset, genes));
    const auto stored = Database::open_read_only(url()).read();
    EXPECT_EQ(stored.dataset, dataset);
    EXPECT_EQ(stored.genes, three_genes());
    EXPECT_EQ(Database::open(url()).active(), dataset);
}

TEST_F(DatabaseTest, KeepsTheOutermostValues) {
    std::string long_text(100'000, 'x');
    long_text += "é染";
    const std::vector<Gene> genes{{.gene_stable_id = "A",
                                   .gene_name = std::string("quote ' \" ; -- \0 end", 19),
                                   .gene_description = long_text,
                                   .chromosome = "1",
                                   .gene_start = 1,
                                   .gene_end = 4294967295U,
                                   .strand = Strand::reverse}};
    store(genes);
    EXPECT_EQ(Database::open(url()).read().genes, genes);
}

TEST_F(DatabaseTest, StoresADatasetBesideTheOlderOnesAndSwitchesToIt) {
    store(three_genes());
    auto database = Database::open(url());
    const std::vector<Gene> genes{{.gene_stable_id = "NEW"}};
    const auto dataset = dataset_of(genes, "second");
    ASSERT_TRUE(database.load(dataset, genes));
    EXPECT_EQ(database.active(), dataset);
    EXPECT_EQ(database.read().genes, genes);
    EXPECT_EQ(read_number(path(), "SELECT count(*) FROM gene"), 4);
    EXPECT_EQ(read_number(path(), "SELECT count(*) FROM dataset WHERE active = 1"), 1);
}

// Fails when the genes are stored already.
void load_with_an_unnamed_attribute(Database& database) {
    const std::vector<Gene> genes{{.gene_stable_id = "A"},
                                  {.gene_stable_id = "B"},
                                  {.gene_stable_id = "C"},
                                  {.gene_stable_id = "D", .attributes = {{"unnamed", {"1"}}}}};
    auto dataset = dataset_of(genes, "second");
    dataset.attributes.clear();
    EXPECT_THROW(std::ignore = database.load(dataset, genes), std::invalid_argument);
}

TEST_F(DatabaseTest, KeepsTheOldDatasetActiveWhenAStoreFailsMidway) {
    store(three_genes());
    auto database = Database::open(url());
    load_with_an_unnamed_attribute(database);
    EXPECT_EQ(database.read().genes, three_genes());
    EXPECT_EQ(read_number(path(), "SELECT count(*) FROM gene"), 3);
    ASSERT_TRUE(database.load(dataset_of({}, "third"), {}));
    EXPECT_EQ(database.read().genes, std::vector<Gene>{});
}

TEST_F(DatabaseTest, TakesNoTwoGenesOfOneStableId) {
    store(three_genes());
    auto database = Database::open(url());
    const std::vector<Gene> twice{
        {.gene_stable_id = "A"}, {.gene_stable_id = "B"}, {.gene_stable_id = "B"}};
    EXPECT_THROW(std::ignore = database.load(dataset_of(twice, "second"), twice),
                 std::invalid_argument);
    EXPECT_EQ(database.read().genes, three_genes());
}

TEST_F(DatabaseTest, HasEveryIndexAfterEveryLoadWhateverItsSize) {
    Database::open(url());
    const std::string indexes =
        "SELECT count(*) FROM sqlite_master WHERE tbl_name = 'gene' AND type = 'index'";
    const auto as_made = read_number(path(), indexes);
    const std::vector<Gene> one{{.gene_stable_id = "A"}};
    store(three_genes());
    auto database = Database::open(url());
    EXPECT_EQ(read_number(path(), indexes), as_made);
    load_with_an_unnamed_attribute(database);
    EXPECT_EQ(read_number(path(), indexes), as_made);
    ASSERT_TRUE(database.load(dataset_of(one, "third"), one));
    EXPECT_EQ(read_number(path(), indexes), as_made);
    EXPECT_EQ(read_number(path(),
                          "SELECT count(*) FROM pragma_integrity_check WHERE "
                          "integrity_check <> 'ok'"),
              0);
}

TEST_F(DatabaseTest, MakesIndexesAnewWhereAtLeastAsManyGenesComeAsThereAre) {
    Database::open(url());
    const auto made = [this] {
        return read_number(path(),
                           "SELECT sum(rootpage) FROM (SELECT rootpage FROM "
                           "sqlite_master WHERE name LIKE 'gene\\_by\\_%' ESCAPE '\\')");
    };
    std::vector<Gene> many;
    many.reserve(300);
    for (int i = 0; i < 300; ++i) many.push_back({.gene_stable_id = "G" + std::to_string(i)});
    const auto at_first = made();
    store(many);
    const auto after_many = made();
    EXPECT_NE(after_many, at_first);
    ASSERT_TRUE(Database::open(url()).load(dataset_of(three_genes(), "few"), three_genes()));
    EXPECT_EQ(made(), after_many);
}

TEST_F(DatabaseTest, GivesAGenomeRoomInMemoryWhileItIsWritten) {
    Database::open(url());
    const auto cache_of = [this](sql::Access access) {
        sql::Session session(url(), access);
        int size = 0;
        read_row(session, "PRAGMA cache_size", size);
        return size;
    };
    EXPECT_EQ(cache_of(sql::Access::read_write), -256 * 1024);
    EXPECT_GT(cache_of(sql::Access::read_only), -256 * 1024);
}

TEST_F(DatabaseTest, CanBeReadWhileAGenomeIsWritten) {
    store(three_genes());
    std::vector<Gene> many;
    many.reserve(20'000);
    for (int i = 0; i < 20'000; ++i) {
        many.push_back(
            {.gene_stable_id = "G" + std::to_string(i), .gene_description = std::string(300, 'x')});
    }
    int reads = 0;
    const auto read = [&](std::uint64_t /*genes*/) {
        EXPECT_EQ(read_number(path(), "SELECT count(*) FROM gene"), 3);
        ++reads;
    };
    ASSERT_TRUE(Database::open(url()).load(dataset_of(many, "many"), many, read));
    EXPECT_GT(reads, 5);
}

TEST_F(DatabaseTest, RefusesADatasetThatMiscountsItsGenes) {
    auto database = Database::open(url());
    EXPECT_THROW(std::ignore = database.load(dataset_of({}), three_genes()), std::invalid_argument);
    EXPECT_FALSE(database.active());
}

// Writes into the file, all over it, and ends as a killed process does: in the middle.
[[noreturn]] void write_and_die(const std::string& path) {
    sql::Session session(sql::DatabaseUrl{.path = path}, sql::Access::read_write);
    session.run("PRAGMA cache_size = 1");
    session.run("BEGIN IMMEDIATE");
    session.run("UPDATE dataset SET active = 0");
    session.run(
        "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
        "INSERT INTO gene (dataset_id, gene_order, gene_stable_id, folded_id) "
        "SELECT 1, i, i, i FROM n");
    _exit(0);
}

TEST_F(DatabaseTest, KeepsTheOldDatasetWhenAProcessDiesInTheMiddleOfAStore) {
    store(three_genes());
    // Whatever stood in pages that are free is not brought back.
    run_sql(path(), "VACUUM");
    const auto before = bytes_of(path());
    const auto child = fork();
    if (child == 0) write_and_die(path());
    ASSERT_EQ(waitpid(child, nullptr, 0), child);
    ASSERT_TRUE(bytes_of(path()) != before);
    EXPECT_EQ(Database::open_read_only(url()).read().genes, three_genes());
    EXPECT_TRUE(bytes_of(path()) == before);
}

TEST_F(DatabaseTest, OpensPathsWithUnusualCharacters) {
    for (const auto* name : {"two words",
                             " a  b   c ",
                             "a=b",
                             "a = b",
                             "a'b",
                             "a\"b",
                             "\"a\"",
                             "\" a \"b",
                             "file:a?mode=memory",
                             ":memory:",
                             "50%25",
                             "é染",
                             "a;b#c",
                             "\t"}) {
        const DatabaseUrl odd{directory_.file(name)};
        ASSERT_TRUE(Database::open(odd).load(dataset_of(three_genes()), three_genes())) << name;
        ASSERT_TRUE(std::filesystem::exists(odd.path)) << name;
        EXPECT_EQ(Database::open_read_only(odd).read().genes, three_genes()) << name;
        EXPECT_EQ(open_sql_store(odd, represent)->dataset().gene_count, 3U) << name;
    }
}

TEST_F(DatabaseTest, OpensAPathRelativeToTheWorkingDirectory) {
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(directory_.path());
    for (const auto* name : {"genes.sqlite3", ":memory:", "file:x", " x", "\"x"}) {
        const auto database = Database::open(sql::DatabaseUrl{name});
        EXPECT_TRUE(std::filesystem::exists(directory_.file(name))) << name;
    }
    std::filesystem::current_path(before);
}

TEST_F(DatabaseTest, IsMadeOnceByManyAtOnce) {
    std::vector<std::string> complaints(4);
    {
        std::vector<std::jthread> threads;
        threads.reserve(complaints.size());
        for (auto& complaint : complaints) {
            threads.emplace_back([&] {
                try {
                    Database::open(url());
                } catch (const StoreUnavailable& fault) {
                    complaint = fault.what();
                }
            });
        }
    }
    EXPECT_EQ(complaints, std::vector<std::string>(4));
    EXPECT_EQ(read_number(path(), "SELECT count(*) FROM schema_migration"),
              static_cast<int>(sql::built_in_migrations(sql::EngineKind::sqlite).size()));
}

TEST_F(DatabaseTest, IsReadWhileAnotherProcessReads) {
    store(three_genes());
    const auto one = Database::open(url());
    const auto other = Database::open(url());
    const auto store = open_sql_store(url(), represent);
    EXPECT_EQ(one.read().genes, other.read().genes);
    EXPECT_EQ(store->list({}, {}, {}).total, 3U);
}

TEST_F(DatabaseTest, GoesOnServingTheDatasetThatAStoreWasOpenedOn) {
    store(three_genes());
    const auto opened = open_sql_store(url(), represent);
    ASSERT_TRUE(Database::open(url()).load(dataset_of({}, "second"), {}));
    EXPECT_EQ(opened->list({}, {}, {}).total, 3U);
    EXPECT_EQ(open_sql_store(url(), represent)->list({}, {}, {}).total, 0U);
}

std::vector<Gene> numbered_genes(int count) {
    std::vector<Gene> genes(static_cast<std::size_t>(count));
    for (int i = 0; auto& gene : genes) {
        gene.gene_stable_id = "G" + std::to_string(10'000 + i++);
    }
    return genes;
}

TEST_F(DatabaseTest, HoldsNoConnectionBetweenTwoPortionsOfAList) {
    const auto genes = numbered_genes(2000);
    store(genes);
    const auto opened = open_sql_store(url(), represent, {.connections = 1, .patience = {}});
    const auto one = opened->cursor({}, {});
    const auto other = opened->cursor({}, {{SortField::gene_stable_id, true}});
    std::size_t read = 0;
    for (auto page = one->next(); !page.genes.empty(); page = one->next()) {
        EXPECT_EQ(other->next().genes.size(), page.genes.size());
        EXPECT_TRUE(opened->find("G10000"));
        read += page.genes.size();
    }
    EXPECT_EQ(read, genes.size());
}

TEST_F(DatabaseTest, TellsThatTheDatasetWentWhileItsListWasRead) {
    store(numbered_genes(2000));
    const auto dropped = Database::open(url()).datasets().front().id;
    const auto opened = open_sql_store(url(), represent);
    const auto in_order = opened->cursor({}, {});
    const auto sorted = opened->cursor({}, {{SortField::gene_stable_id, true}});
    ASSERT_FALSE(in_order->next().genes.empty());
    ASSERT_FALSE(sorted->next().genes.empty());
    ASSERT_TRUE(Database::open(url()).load(dataset_of({}, "second"), {}));
    ASSERT_TRUE(Database::open(url()).drop(dropped));
    EXPECT_THROW(in_order->next(), DatasetDropped);
    EXPECT_THROW(sorted->next(), DatasetDropped);
}

TEST_F(DatabaseTest, OpensNoSqlStoreWithoutADataset) {
    const auto database = Database::open(url());
    EXPECT_THAT(complaint_of([&] { open_sql_store(url(), represent); }),
                AllOf(StartsWith(path()), HasSubstr("no dataset has been stored in it")));
}

}  // namespace
}  // namespace chr21::testing
