// Datasets beside each other on every engine: loading, switching, dropping.

#include "store/sql/database.hpp"
#include "store/sql/dataset_pin.hpp"
#include "store/sql/sql_store.hpp"
#include "tests/databases/servers.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/sqlite_file.hpp"

#include <cstddef>
#include <limits>
#include <thread>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using sql::Database;
using sql::DatabaseUrl;
using sql::EngineKind;
using sql::ListedDataset;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Loading : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database_with_schema(GetParam());
    }

    static std::int64_t load(Database& database, const std::string& name) {
        const auto loaded = database.load(dataset_of(three_genes(), name), three_genes());
        EXPECT_TRUE(loaded) << loaded.error().message;
        return loaded->dataset.id;
    }

    DatabaseUrl url_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Loading,
                         ::testing::Values(EngineKind::sqlite,
                                           EngineKind::postgresql,
                                           EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

std::vector<std::string> names(const std::vector<ListedDataset>& datasets) {
    std::vector<std::string> names;
    names.reserve(datasets.size());
    for (const auto& listed : datasets) {
        names.push_back((listed.active ? "*" : "") + listed.dataset.name);
    }
    return names;
}

std::vector<Gene> genes_with_attributes() {
    auto genes = three_genes();
    genes[0].attributes = {{"go_id", {"GO:0000002", "GO:0000001"}}, {"hgnc_id", {"HGNC:1"}}};
    genes[0].attribute_rows = "6210000110000";  // two rows of six cells
    genes[2].attributes = {{"hgnc_id", {"HGNC:É"}}};
    return genes;
}

TEST_P(Loading, KeepsEveryAttributeOfEveryGene) {
    const auto genes = genes_with_attributes();
    auto database = Database::open(url_);
    ASSERT_TRUE(database.load(dataset_of(genes), genes));
    EXPECT_EQ(database.read().genes, genes);
    EXPECT_EQ(database.read().dataset, dataset_of(genes));
}

TEST_P(Loading, KeepsFurtherColumnsOfAnAttribute) {
    auto genes = three_genes();
    genes[1].attributes = {{"go_id", {"GO:1", "GO:2"}}};
    genes[1].attribute_rows =
        "81200000000000000";  // GO:1 and GO:2 in one row, and a row without them
    auto dataset = dataset_of(genes);
    dataset.attributes[0].further_headers = {"GO Term Accession", "GO ID"};
    auto database = Database::open(url_);
    ASSERT_TRUE(database.load(dataset, genes));
    EXPECT_EQ(database.read().genes, genes);
    EXPECT_EQ(database.read().dataset, dataset);
    EXPECT_EQ(sql::open_sql_store(url_, represent)->dataset(), dataset);
}

TEST_P(Loading, RefusesAnAttributeThatTheDatasetDoesNotName) {
    auto genes = three_genes();
    genes[1].attributes = {{"gc_content", {"40"}}};
    auto database = Database::open(url_);
    EXPECT_THROW(std::ignore = database.load(dataset_of(genes), genes), std::invalid_argument);
    EXPECT_THAT(database.datasets(), IsEmpty());
}

TEST_P(Loading, SaysHowFarItIs) {
    std::vector<std::uint64_t> told;
    auto database = Database::open(url_);
    ASSERT_TRUE(database.load(dataset_of(three_genes()), three_genes(), [&](std::uint64_t genes) {
        told.push_back(genes);
    }));
    EXPECT_EQ(told.back(), 3U);
}

TEST_P(Loading, LoadsTheSameBytesOnce) {
    auto database = Database::open(url_);
    const auto id = load(database, "first");
    load(database, "second");
    auto again = dataset_of(three_genes(), "first");
    again.name = "another name";
    const auto loaded = database.load(again, three_genes());
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->what, sql::Loaded::What::was_there);
    EXPECT_EQ(loaded->dataset.id, id);
    EXPECT_FALSE(loaded->dataset.active);
    EXPECT_THAT(names(database.datasets()), ElementsAre("first", "*second"));
}

TEST_P(Loading, RefusesANameThatAnotherDatasetHas) {
    auto database = Database::open(url_);
    load(database, "first");
    auto other = dataset_of(three_genes(), "second");
    other.name = "first";
    const auto loaded = database.load(other, three_genes());
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().parameter, "name");
    EXPECT_THAT(loaded.error().message, HasSubstr("give this one another name"));
    EXPECT_THAT(names(database.datasets()), ElementsAre("*first"));
}

TEST_P(Loading, LoadsOneAfterTheOtherWhenTwoComeAtOnce) {
    Database::open(url_);
    {
        std::vector<std::jthread> threads;
        for (const auto* name : {"first", "second", "third", "fourth"}) {
            threads.emplace_back([this, name] {
                auto database = Database::open(url_);
                load(database, name);
            });
        }
    }
    const auto database = Database::open(url_);
    const auto datasets = database.datasets();
    EXPECT_EQ(datasets.size(), 4U);
    for (const auto& listed : datasets) {
        EXPECT_EQ(database.read(listed.id).genes, three_genes());
    }
    EXPECT_EQ(std::ranges::count(datasets, true, &ListedDataset::active), 1);
}

TEST_P(Loading, SwitchesBackToAnOlderDataset) {
    auto database = Database::open(url_);
    const auto id = load(database, "first");
    load(database, "second");
    ASSERT_TRUE(database.activate(id));
    EXPECT_THAT(names(database.datasets()), ElementsAre("*first", "second"));
    EXPECT_THAT(database.activate(id + 7).error().message, HasSubstr("is not in the database"));
    EXPECT_THAT(names(database.datasets()), ElementsAre("*first", "second"));
}

TEST_P(Loading, DropsADatasetWithEverythingThatBelongsToIt) {
    auto database = Database::open(url_);
    const auto genes = genes_with_attributes();
    ASSERT_TRUE(database.load(dataset_of(genes, "first"), genes));
    const auto first = database.datasets().front().id;
    load(database, "second");
    ASSERT_TRUE(database.drop(first));
    EXPECT_THAT(names(database.datasets()), ElementsAre("*second"));
    for (const auto* table :
         {"gene", "gene_attribute", "gene_attribute_rows", "gene_posting", "dataset_attribute"}) {
        EXPECT_EQ(read_number(url_,
                              "SELECT count(*) FROM " + std::string(table) +
                                  " WHERE dataset_id = " + std::to_string(first)),
                  0)
            << table;
    }
    EXPECT_FALSE(database.drop(first));
}

TEST_P(Loading, NeverDropsTheActiveDataset) {
    auto database = Database::open(url_);
    const auto id = load(database, "first");
    EXPECT_THAT(database.drop(id).error().message,
                AllOf(HasSubstr("is the active dataset"), HasSubstr("activate another one first")));
    EXPECT_EQ(database.read().genes, three_genes());
}

TEST_P(Loading, NeverGivesTheIdOfADroppedDatasetToAnother) {
    auto database = Database::open(url_);
    const auto first = load(database, "first");
    const auto second = load(database, "second");
    ASSERT_TRUE(database.activate(first));
    ASSERT_TRUE(database.drop(second));
    EXPECT_GT(load(database, "third"), second);
}

TEST_P(Loading, PrunesAllButTheLastLoadedAndTheActiveOne) {
    auto database = Database::open(url_);
    const auto first = load(database, "first");
    for (const auto* name : {"second", "third", "fourth"}) load(database, name);
    ASSERT_TRUE(database.activate(first));
    EXPECT_THAT(names(database.prune(1)), ElementsAre("third", "second"));
    EXPECT_THAT(names(database.datasets()), ElementsAre("*first", "fourth"));
    EXPECT_THAT(database.prune(1), IsEmpty());
    EXPECT_THAT(database.prune(std::numeric_limits<std::size_t>::max()), IsEmpty());
}

TEST_P(Loading, ServesTheDatasetThatIsAskedFor) {
    auto database = Database::open(url_);
    const auto first = load(database, "first");
    ASSERT_TRUE(database.load(dataset_of({}, "second"), {}));
    EXPECT_EQ(sql::open_sql_store(url_, represent)->dataset().name, "second");
    const auto store = sql::open_sql_store(url_, represent, {.dataset_id = first});
    EXPECT_EQ(store->dataset().name, "first");
    EXPECT_EQ(store->list({}, {}, {}).total, 3U);
    EXPECT_THAT(
        complaint_of([&] { sql::open_sql_store(url_, represent, {.dataset_id = first + 9}); }),
        HasSubstr("has been dropped"));
}

TEST_P(Loading, SaysThatADatasetWasDroppedInsteadOfFindingNothing) {
    auto database = Database::open(url_);
    const auto first = load(database, "first");
    load(database, "second");
    const auto store = sql::open_sql_store(url_, represent, {.dataset_id = first});
    ASSERT_TRUE(database.drop(first));
    const auto gene = three_genes()[0];
    const std::vector<std::function<void()>> questions{
        [&] { store->find(gene.gene_stable_id); },
        [&] { store->find_by_name("ALPHA1"); },
        [&] { store->list({}, {}, {}); },
        [&] { store->list({.searches = {"alpha"}}, {}, {}); },
        [&] { store->neighbors(gene, {}, 3); },
        [&] { store->suggest("alp", 5); },
        [&] { store->chromosomes(); }};
    for (const auto& question : questions) {
        EXPECT_THAT(complaint_of(question), HasSubstr("has been dropped"));
    }
}

TEST(DatasetPin, IsANameOrTheBeginningOfADigest) {
    const std::string digest = "0123456789abcdef";
    const std::vector<ListedDataset> datasets{
        {.id = 1, .dataset = {.name = "one", .sha256 = digest + "1"}},
        {.id = 2, .dataset = {.name = "two", .sha256 = digest + "2"}},
        {.id = 3, .dataset = {.name = "fedcba98", .sha256 = "f00dfeed1"}}};
    struct Case {
        std::string pin;
        std::int64_t id;
    };
    for (const auto& [pin, id] : {Case{"one", 1},
                                  Case{digest + "2", 2},
                                  Case{"f00dfeed", 3},
                                  Case{"F00DFEED", 3},
                                  Case{"fedcba98", 3}}) {
        const auto found = sql::find_pinned(datasets, pin);
        ASSERT_TRUE(found) << pin;
        EXPECT_EQ(found->id, id) << pin;
    }
    EXPECT_THAT(sql::find_pinned(datasets, digest).error().message,
                HasSubstr("may be one or two; give more digits"));
    for (const auto* pin : {"three", "f00dfee", "ONE", "", "0123456789abcdef3"}) {
        EXPECT_THAT(sql::find_pinned(datasets, pin).error().message,
                    HasSubstr("is no dataset of this database"))
            << pin;
    }
}

}  // namespace
}  // namespace chr21::testing
