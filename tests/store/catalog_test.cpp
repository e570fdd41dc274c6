// What is the catalog's own: filters on attributes, many genes at once, and how large it gets.

#include "tests/generators.hpp"
#include "tests/store/engines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int questions_per_dataset = 20;

std::vector<Gene> annotated_genes() {
    auto genes = three_genes();
    genes[0].attributes = {{"go_id", {"GO:0004672", "GO:0005524"}}, {"hgnc_id", {"HGNC:3091"}}};
    genes[1].attributes = {{"go_id", {"go:0005524"}}};
    return genes;
}

RC_GTEST_PROP(Catalog, AdmitsByAttributesAsTheModelDoes, ()) {
    const auto genes = *any_genes_with_attributes();
    const auto model = make_model(genes);
    const auto memory = make_memory(genes);
    for (int i = 0; i < questions_per_dataset; ++i) {
        const auto filter = *any_filter_of_attributes();
        const auto expected = model->list(filter, {}, {});
        const auto answered = memory->list(filter, {}, {});
        RC_ASSERT(ids(answered) == ids(expected));
        RC_ASSERT(answered.total == expected.total);
    }
}

// any_filter_of_attributes() narrows by much at once; here one part alone asks.
RC_GTEST_PROP(Catalog, SearchesEveryColumnAsTheModelDoes, ()) {
    const auto genes = *any_genes_with_attributes();
    const auto model = make_model(genes);
    const auto memory = make_memory(genes);
    for (int i = 0; i < questions_per_dataset; ++i) {
        const auto mixed = *any_filter_of_attributes();
        const auto words = *rc::gen::nonEmpty(few_folded(rc::gen::resize(3, any_text())));
        for (const auto& filter : {GeneFilter{.searches = words, .search_in = mixed.search_in},
                                   GeneFilter{.attributes = mixed.attributes}}) {
            RC_ASSERT(ids(memory->list(filter, {}, {})) == ids(model->list(filter, {}, {})));
        }
    }
}

RC_GTEST_PROP(Catalog, KeepsEveryValueOfAGene, ()) {
    const auto genes = *any_genes_with_attributes();
    const auto memory = make_memory(genes);
    for (const auto& gene : genes) {
        const auto found = memory->list({.gene_stable_ids = {fold(gene.gene_stable_id)}}, {}, {});
        RC_ASSERT(found.genes.size() == 1U);
        RC_ASSERT(found.genes.front()->gene() == gene);
    }
}

TEST(Catalog, FindsAnAttributeByOneOfItsValuesIgnoringCase) {
    const auto store = make_memory(annotated_genes());
    const auto with = [&store](std::string name, std::vector<std::string> values) {
        return ids(store->list({.attributes = {{std::move(name), std::move(values)}}}, {}, {}));
    };
    EXPECT_THAT(with("go_id", {"go:0005524"}), ElementsAre("ENSG00000000001", "ENSG00000000002"));
    EXPECT_THAT(with("go_id", {"go:0004672", "go:1"}), ElementsAre("ENSG00000000001"));
    EXPECT_THAT(with("go_id", {"go:000"}), IsEmpty());
    EXPECT_THAT(with("hgnc_id", {"go:0005524"}), IsEmpty());
    EXPECT_THAT(with("uniprot_id", {"go:0005524"}), IsEmpty());
}

TEST(Catalog, SearchesWhereItIsTold) {
    const auto store = make_memory(annotated_genes());
    const auto search = [&store](std::string text, std::vector<std::string> columns) {
        return ids(
            store->list({.searches = {std::move(text)}, .search_in = std::move(columns)}, {}, {}));
    };
    EXPECT_THAT(search("alpha1", {"gene_name"}), ElementsAre("ENSG00000000001"));
    EXPECT_THAT(search("alpha1", {"gene_description"}), ElementsAre("ENSG00000000002"));
    EXPECT_THAT(search("003", {"gene_stable_id"}), ElementsAre("ENSG00000000003"));
    EXPECT_THAT(search("309", {"hgnc_id"}), ElementsAre("ENSG00000000001"));
    EXPECT_THAT(search("309", {"go_id", "gene_name"}), IsEmpty());
    EXPECT_THAT(search("2", {"gene_name", "go_id"}),
                ElementsAre("ENSG00000000001", "ENSG00000000002", "ENSG00000000003"));
}

}  // namespace
}  // namespace chr21::testing
