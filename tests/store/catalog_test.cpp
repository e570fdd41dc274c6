// What is the catalog's own: filters on attributes, many genes at once, and how large it gets.

#include "tests/generators.hpp"
#include "tests/store/engines.hpp"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>
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

// Genes with names and descriptions about as long as Ensembl's.
std::vector<Gene> many_genes(std::uint32_t count, bool with_attributes) {
    const std::array<std::string, 4> descriptions{
        "zinc finger protein", "olfactory receptor family", "long non-coding RNA", ""};
    std::vector<Gene> genes;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto number = std::to_string(i * 2654435761U);
        auto& gene = genes.emplace_back();
        gene.gene_stable_id = "ENSG" + number;
        if (i % 3 != 0) gene.gene_name = "LINC" + number.substr(0, 5);
        if (i % 2 != 0) {
            gene.gene_description = descriptions.at(i % 4) + " " + number.substr(0, 4) +
                                    " [Source:HGNC Symbol;Acc:HGNC:" + number.substr(0, 5) + "]";
        }
        gene.chromosome = std::to_string(1 + (i % 22));
        gene.gene_start = 1 + (i * 1000);
        gene.gene_end = 500 + (i * 1000);
        gene.strand = Strand::forward;
        gene.gene_type = i % 5 == 0 ? "protein_coding" : "lncRNA";
        if (with_attributes) {
            gene.attributes = {{"go_id", {"GO:" + number, "GO:00" + number.substr(0, 3)}}};
        }
    }
    return genes;
}

std::uint64_t text_bytes(const std::vector<Gene>& genes) {
    std::uint64_t bytes = 0;
    for (const auto& gene : genes) {
        bytes += gene.gene_stable_id.size() + gene.gene_name.value_or("").size() +
                 gene.gene_description.value_or("").size();
        for (const auto& attribute : gene.attributes) {
            for (const auto& value : attribute.values) bytes += value.size();
        }
    }
    return bytes;
}

// JSON text as long as the real one.
std::string represent_at_length(const Gene& gene) {
    return std::string(std::size_t{190}, '{') + gene.gene_name.value_or("null") +
           gene.gene_description.value_or("null");
}

std::uint64_t allocated_bytes() {
    const auto heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

TEST(Catalog, EstimatesItsSizeWithin30Percent) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's allocator does not say how much it has given out";
#endif
    for (const auto& [count, with_attributes] :
         {std::pair(2'000U, false), {80'000U, false}, {80'000U, true}}) {
        auto genes = many_genes(count, with_attributes);
        const auto estimate = memory::estimated_catalog_bytes(count, text_bytes(genes));
        const auto genes_too = allocated_bytes();
        genes = {};
        const auto before = allocated_bytes();
        ASSERT_LT(before, genes_too);
        const auto catalog =
            memory::make_catalog({}, many_genes(count, with_attributes), represent_at_length);
        const auto measured = static_cast<double>(allocated_bytes() - before);
        EXPECT_NEAR(static_cast<double>(estimate) / measured, 1.0, 0.3)
            << count << " genes take " << measured << " bytes, attributes: " << with_attributes;
    }
}

TEST(Catalog, CountsAndPagesAGeneTypeOrAChromosomeAsTheModelDoes) {
    const auto genes = many_genes(9'000, false);
    const auto model = make_model(genes);
    const auto memory = make_memory(genes);
    for (const auto& filter : {GeneFilter{.gene_types = {"protein"}},
                               GeneFilter{.gene_types = {"rna", "protein"}},
                               GeneFilter{.gene_types = {"tec"}},
                               GeneFilter{.chromosomes = {"7"}},
                               GeneFilter{.chromosomes = {"7", "7", "2"}},
                               GeneFilter{.chromosomes = {"Z"}}}) {
        for (const auto& window : {Window{.offset = 3, .limit = 25},
                                   Window{.offset = 4'090, .limit = 25},
                                   Window{.offset = 20'000, .limit = 25},
                                   Window{}}) {
            const auto expected = model->list(filter, {}, window);
            const auto answered = memory->list(filter, {}, window);
            EXPECT_EQ(answered.total, expected.total);
            EXPECT_EQ(ids(answered), ids(expected));
        }
    }
}

TEST(Catalog, ForgivesATypoAmongManyGenesAsTheModelDoes) {
    const auto genes = many_genes(9'000, false);
    const auto model = make_model(genes);
    const auto memory = make_memory(genes);
    for (const auto* text : {"linc4",
                             "lin17291",
                             "ilnc17291",
                             "linc1729x",
                             "xlinc17291",
                             "linc71291",
                             "e",
                             "ensg1",
                             "zinc",
                             "ensg000000000000000000000",
                             "xyz"}) {
        for (const std::uint32_t limit : {1U, 5U, 100U}) {
            EXPECT_EQ(ids(memory->suggest(text, limit)), ids(model->suggest(text, limit))) << text;
        }
    }
}

}  // namespace
}  // namespace chr21::testing
