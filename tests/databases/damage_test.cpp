// What changed in a database behind the program's back is found, on every engine.

#include "store/sql/database.hpp"
#include "store/sql/dataset/digest_table.hpp"
#include "store/sql/dataset/gene_digest.hpp"
#include "store/sql/engine/query.hpp"
#include "tests/databases/servers.hpp"
#include "tests/generators.hpp"
#include "tests/store/engines.hpp"
#include "tests/store/sqlite_file.hpp"

#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

using sql::Database;
using sql::DatabaseUrl;
using sql::EngineKind;
using sql::Soundness;
using ::testing::AllOf;
using ::testing::HasSubstr;

class Damage : public ::testing::TestWithParam<EngineKind> {
protected:
    void SetUp() override {
        CHR21_NEEDS_SERVER(GetParam());
        url_ = new_database_with_schema(GetParam());
    }

    // Genes with attributes, more than are read at a time.
    static std::vector<Gene> many_genes() {
        constexpr int count = 5000;
        std::vector<Gene> genes;
        for (int number = 0; number < count; ++number) {
            Gene gene{.gene_stable_id = "ENSG" + std::to_string(100'000 + number),
                      .gene_name = "Gène " + std::to_string(number),
                      .chromosome = "21",
                      .gene_start = 1 + number};
            if (number % 3 == 0) {
                gene.attributes = {{"go_id", {"GO:1", std::to_string(number)}}};
                gene.attribute_rows = "1021";
            }
            genes.push_back(std::move(gene));
        }
        return genes;
    }

    static Dataset dataset_with_attributes(const std::vector<Gene>& genes) {
        auto dataset = dataset_of(genes, "many");
        dataset.attributes = {{"go_id", "GO term accession"}};
        return dataset;
    }

    std::int64_t load(const Dataset& dataset, const std::vector<Gene>& genes) const {
        const auto loaded = Database::open(url_).load(dataset, genes);
        EXPECT_TRUE(loaded) << loaded.error().message;
        return loaded->dataset.id;
    }

    Soundness verify(std::int64_t id) const { return Database::open_read_only(url_).verify(id); }

    DatabaseUrl url_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Damage,
                         ::testing::Values(EngineKind::sqlite,
                                           EngineKind::postgresql,
                                           EngineKind::mysql),
                         [](const auto& engine) { return std::string(name_of(engine.param)); });

TEST_P(Damage, OfARowIsFoundByWhoeverReadsAllOfThem) {
    for (const auto* const change : {"UPDATE gene SET gene_name = 'ALPHA0' WHERE gene_order = 0",
                                     "UPDATE gene SET gene_start = 101 WHERE gene_order = 0",
                                     "UPDATE gene SET gene_name = '' WHERE gene_order = 1",
                                     "UPDATE gene SET gene_type = 'x' WHERE gene_order = 2",
                                     "DELETE FROM gene WHERE gene_order = 1"}) {
        url_ = new_database_with_schema(GetParam());
        const auto id = load(dataset_of(three_genes()), three_genes());
        EXPECT_EQ(verify(id), Soundness::sound);
        run_sql(url_, change);
        EXPECT_EQ(verify(id), Soundness::damaged) << change;
        EXPECT_THROW(std::ignore = Database::open_read_only(url_).read(id), DatasetDamaged);
        EXPECT_THAT(complaint_of([&] { std::ignore = Database::open_read_only(url_).read(id); }),
                    AllOf(HasSubstr("is damaged, "), HasSubstr("restore the database")))
            << change;
    }
}

TEST_P(Damage, OfAnAttributeIsFound) {
    const auto genes = many_genes();
    const auto id = load(dataset_with_attributes(genes), genes);
    EXPECT_EQ(verify(id), Soundness::sound);
    EXPECT_EQ(Database::open_read_only(url_).read(id).genes, genes);
    run_sql(
        url_,
        "UPDATE gene_attribute SET value = 'GO:2' WHERE gene_order = 4998 AND value_number = 0");
    EXPECT_EQ(verify(id), Soundness::damaged);
}

TEST_P(Damage, OfARowOfAttributesIsFound) {
    const auto genes = many_genes();
    for (const auto* const change :
         {"UPDATE gene_attribute_rows SET attribute_rows = '112' WHERE gene_order = 4998",
          "DELETE FROM gene_attribute_rows WHERE gene_order = 4998"}) {
        url_ = new_database_with_schema(GetParam());
        const auto id = load(dataset_with_attributes(genes), genes);
        run_sql(url_, change);
        EXPECT_EQ(verify(id), Soundness::damaged) << change;
    }
    run_sql(url_, "UPDATE gene_attribute_rows SET attribute_rows = '3110'");
    EXPECT_THAT(complaint_of([&] { std::ignore = Database::open_read_only(url_).read(); }),
                HasSubstr("rows of attributes that do not fit"));
}

TEST_P(Damage, IsMendedByLoadingTheSameBytesAgain) {
    const auto genes = many_genes();
    const auto dataset = dataset_with_attributes(genes);
    const auto damaged = load(dataset, genes);
    for (const auto* const change :
         {"UPDATE gene SET gene_start = 7 WHERE gene_order = 4997",
          "UPDATE gene_attribute SET attribute = 5 WHERE gene_order = 4998"}) {
        run_sql(url_, change);
        const auto loaded = Database::open(url_).load(dataset, genes);
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_EQ(loaded->what, sql::Loaded::What::renewed) << change;
        EXPECT_NE(loaded->dataset.id, damaged);
        EXPECT_TRUE(loaded->dataset.active);
        EXPECT_EQ(Database::open_read_only(url_).datasets().size(), 1U);
        EXPECT_EQ(Database::open_read_only(url_).read().genes, genes);
    }
    load(dataset_of(three_genes(), "other"), three_genes());
    run_sql(url_, "UPDATE gene SET gene_start = 7 WHERE gene_order = 4997");
    const auto loaded = Database::open(url_).load(dataset, genes);
    ASSERT_TRUE(loaded);
    EXPECT_FALSE(loaded->dataset.active);  // as it was
    EXPECT_EQ(Database::open_read_only(url_).read().genes, three_genes());
}

TEST_P(Damage, OfOneDatasetIsNotThatOfAnother) {
    const auto sound = load(dataset_of(three_genes(), "sound"), three_genes());
    auto genes = three_genes();
    genes.front().gene_name = "OTHER";
    const auto damaged = load(dataset_of(genes, "damaged"), genes);
    run_sql(url_, "UPDATE gene SET gene_name = 'ELSE' WHERE gene_name = 'OTHER'");
    EXPECT_EQ(verify(sound), Soundness::sound);
    EXPECT_EQ(verify(damaged), Soundness::damaged);
}

// An older program has no digests, and may give a dropped dataset's number to another one.
TEST_P(Damage, IsNotSeenWhereNoDigestOfTheDatasetIsKept) {
    const auto id = load(dataset_of(three_genes()), three_genes());
    const auto number = std::to_string(id);
    run_sql(url_, "UPDATE dataset SET loaded_at = '2020-01-01T00:00:00Z' WHERE id = " + number);
    EXPECT_EQ(verify(id), Soundness::unknown);
    run_sql(url_, "DELETE FROM dataset_digest");
    EXPECT_EQ(verify(id), Soundness::unknown);
    EXPECT_EQ(Database::open_read_only(url_).read(id).genes, three_genes());
}

TEST_P(Damage, IsToldByTheSameDigestOnEveryEngine) {
    const auto genes = many_genes();
    load(dataset_with_attributes(genes), genes);
    sql::Session session(url_, sql::Access::read_only);
    sql::GeneDigest expected;
    for (const auto& gene : genes) expected.add(gene);
    EXPECT_EQ(read_digest(session, sql::read_active(session).value()), expected.text());
}

}  // namespace
}  // namespace chr21::testing
