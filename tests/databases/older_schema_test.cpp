// Programs of this schema and of those before it work beside each other.

#include "store/sql/database.hpp"
#include "store/sql/dataset/migrations.hpp"
#include "store/sql/dataset/posting.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/sql_store.hpp"
#include "tests/databases/servers.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/sqlite_file.hpp"

#include <string>
#include <tuple>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using sql::Database;
using sql::DatabaseUrl;
using sql::EngineKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class OlderSchema : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database(GetParam());
    }

    void migrate_to(std::int64_t version) const {
        sql::Session session(url_, sql::Access::read_write);
        sql::apply_missing(session, sql::built_in_migrations(GetParam()), version);
    }

    // Loads three_genes() as a program does that knows schema 1 alone.
    void load_as_schema_1() const {
        run_sql(url_, "UPDATE dataset SET active = 0");
        run_sql(url_,
                "INSERT INTO dataset (id, name, source, sha256, gene_count, loaded_at, active) "
                "SELECT coalesce(max(id), 0) + 1, 'old', 's', 'f00', 3, '2026', 1 FROM dataset");
        const std::string columns =
            "INSERT INTO gene (dataset_id, gene_order, gene_stable_id, gene_name, "
            "gene_description, chromosome, gene_start, gene_end, strand, gene_type, gene_length, "
            "folded_id, folded_name, folded_name_bytes, folded_description, folded_type) SELECT "
            "max(id), ";
        for (const auto* values :
             {"0, 'ENSG00000000001', 'ALPHA1', 'alpha kinase 1', '21', 100, 200, 1, "
              "'protein_coding', 101, 'ensg00000000001', 'alpha1', 6, 'alpha kinase 1', "
              "'protein_coding'",
              "1, 'ENSG00000000002', NULL, 'novel transcript, antisense to ALPHA1', '21', 150, "
              "400, -1, 'lncRNA', 251, 'ensg00000000002', NULL, NULL, "
              "'novel transcript, antisense to alpha1', 'lncrna'",
              "2, 'ENSG00000000003', 'beta2', NULL, 'X', NULL, NULL, NULL, NULL, NULL, "
              "'ensg00000000003', 'beta2', 5, NULL, NULL"}) {
            run_sql(url_, columns + values + " FROM dataset");
        }
    }

    void expect_right_answers() const {
        EXPECT_EQ(Database::open_read_only(url_).read().genes, three_genes());
        const auto store = sql::open_sql_store(url_, represent);
        const auto found = [&](const GeneFilter& filter) {
            return ids(store->list(filter, {}, {}));
        };
        EXPECT_EQ(found({}).size(), 3U);
        EXPECT_THAT(found({.searches = {"kinase"}}), ElementsAre("ENSG00000000001"));
        EXPECT_THAT(found({.regions = {parse_region("21:201-300").value()}}),
                    ElementsAre("ENSG00000000002"));
        EXPECT_THAT(found({.attributes = {{"go_id", {"go:1"}}}}), IsEmpty());
        EXPECT_THAT(ids(store->suggest("nov", 3)), ElementsAre("ENSG00000000002 description"));
        EXPECT_THAT(ids(store->neighbors(three_genes()[0], {}, 3).overlapping),
                    ElementsAre("ENSG00000000002 0"));
    }

    DatabaseUrl url_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         OlderSchema,
                         ::testing::Values(EngineKind::sqlite,
                                           EngineKind::postgresql,
                                           EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

TEST_P(OlderSchema, IsAnsweredFrom) {
    migrate_to(1);
    load_as_schema_1();
    expect_right_answers();
    migrate_to(2);
    expect_right_answers();
}

TEST_P(OlderSchema, IsLoadedAgainForWhatIsKeptToday) {
    migrate_to(2);
    load_as_schema_1();
    migrate_to(3);
    auto dataset = dataset_of(three_genes());
    dataset.sha256 = "f00";
    auto database = Database::open(url_);
    const auto loaded = database.load(dataset, three_genes());
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->what, sql::Loaded::What::renewed);
    expect_right_answers();
    EXPECT_EQ(database.load(dataset, three_genes())->what, sql::Loaded::What::was_there);
}

TEST_P(OlderSchema, KnowsNoRowsOfAttributes) {
    migrate_to(3);
    auto genes = three_genes();
    genes[0].attributes = {{"go_id", {"GO:1", "GO:2"}}};
    genes[0].attribute_rows = "6100000000000200000";
    auto database = Database::open(url_);
    ASSERT_TRUE(database.load(dataset_of(genes), genes));
    EXPECT_TRUE(database.datasets().front().dataset.keeps_rows);
    // As a program of schema 2 would have left it.
    run_sql(url_, "DELETE FROM gene_posting WHERE term = " + std::to_string(sql::lists_term()));
    EXPECT_FALSE(database.datasets().front().dataset.keeps_rows);
    const auto store = sql::open_sql_store(url_, represent);
    EXPECT_EQ(store->find(genes[0].gene_stable_id)->attribute_rows(), "");
}

TEST_P(OlderSchema, GetsNoNewDataset) {
    if (GetParam() == EngineKind::sqlite)
        GTEST_SKIP() << "whoever opens a file brings it up to date";
    for (const auto& [version, next] : {std::pair{1, "0002_attributes_and_postings.sql"},
                                        std::pair{2, "0003_digests_and_lists.sql"}}) {
        migrate_to(version);
        auto database = Database::open(url_);
        EXPECT_THAT(complaint_of([&] {
                        std::ignore = database.load(dataset_of(three_genes()), three_genes());
                    }),
                    HasSubstr(std::string("its schema lacks ") + next));
    }
}

TEST_P(OlderSchema, IsWrittenToByOlderProgramsAfterItGrew) {
    migrate_to(3);
    load_as_schema_1();
    expect_right_answers();
    auto database = Database::open(url_);
    const auto loaded = database.load(dataset_of(three_genes()), three_genes());
    ASSERT_TRUE(loaded);
    expect_right_answers();
    load_as_schema_1();
    EXPECT_EQ(database.datasets().size(), 3U);
    EXPECT_TRUE(database.drop(loaded->dataset.id));
    expect_right_answers();
}

// An older program counts on from the ids that are there.
TEST_P(OlderSchema, IsAnsweredRightUnderAnIdThatAnIndexedDatasetHad) {
    migrate_to(3);
    load_as_schema_1();
    auto database = Database::open(url_);
    const auto loaded = database.load(dataset_of(three_genes()), three_genes());
    ASSERT_TRUE(loaded);
    ASSERT_TRUE(database.activate(1));
    ASSERT_TRUE(database.drop(loaded->dataset.id));
    load_as_schema_1();
    expect_right_answers();
}

}  // namespace
}  // namespace chr21::testing
