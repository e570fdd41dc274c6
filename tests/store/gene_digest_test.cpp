#include "store/sql/dataset/gene_digest.hpp"

#include "tests/generators.hpp"

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::testing {
namespace {

std::string digest_of(const std::vector<Gene>& genes) {
    sql::GeneDigest digest;
    for (const auto& gene : genes) digest.add(gene);
    return digest.text();
}

// Databases hold it: what is counted in another way needs another scheme.
TEST(GeneDigest, IsTheSameInEveryVersionOfThisScheme) {
    EXPECT_EQ(sql::GeneDigest::scheme, "genes-1 xxh3-128");
    EXPECT_EQ(digest_of({}), "99aa06d3014798d86001c324468d497f");
    EXPECT_EQ(digest_of(three_genes()), "ad0e409b4076a36cac696db990b2d431");
}

TEST(GeneDigest, ChangesWithWhateverAGeneIs) {
    const std::vector<std::function<void(Gene&)>> changes = {
        [](Gene&) {},
        [](Gene& gene) { gene.gene_stable_id.back() = '9'; },
        [](Gene& gene) { gene.gene_name->back() = '2'; },
        [](Gene& gene) { gene.gene_name = ""; },
        [](Gene& gene) { gene.gene_name.reset(); },
        [](Gene& gene) { gene.gene_description->front() = 'A'; },
        [](Gene& gene) { gene.chromosome = "22"; },
        [](Gene& gene) { gene.gene_start = 101; },
        [](Gene& gene) { gene.gene_end = 201; },
        [](Gene& gene) { std::swap(gene.gene_start, gene.gene_end); },
        [](Gene& gene) { gene.strand = Strand::reverse; },
        [](Gene& gene) { gene.strand.reset(); },
        [](Gene& gene) { gene.gene_type = "protein_coding "; },
        [](Gene& gene) { gene.attributes = {{"go_id", {"GO:1"}}}; },
        [](Gene& gene) { gene.attributes = {{"go_id", {"GO:1", "GO:2"}}}; },
        [](Gene& gene) { gene.attributes = {{"go_id", {"GO:2", "GO:1"}}}; },
        [](Gene& gene) { gene.attributes = {{"go_id", {"GO:1"}}, {"GO:2", {"x"}}}; },
        [](Gene& gene) { gene.attribute_rows = "210"; },
    };
    std::set<std::string> digests;
    for (const auto& change : changes) {
        auto genes = three_genes();
        change(genes.front());
        digests.insert(digest_of(genes));
    }
    EXPECT_EQ(digests.size(), changes.size());
}

TEST(GeneDigest, TellsTextThatMovedFromOneFieldToTheNext) {
    const Gene one{.gene_stable_id = "ENSG1", .gene_name = "a2:bc", .gene_description = "d"};
    const Gene other{.gene_stable_id = "ENSG1", .gene_name = "a", .gene_description = "bc1:d"};
    EXPECT_NE(digest_of({one}), digest_of({other}));
    auto genes = three_genes();
    std::swap(genes[0], genes[1]);
    EXPECT_NE(digest_of(genes), digest_of(three_genes()));
}

}  // namespace
}  // namespace chr21::testing
