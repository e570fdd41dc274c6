#include "gene/genome_order.hpp"

#include "tests/generators.hpp"

#include <algorithm>
#include <iterator>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21 {
namespace {

using testing::any_gene;

std::vector<Gene> copies(const std::vector<const Gene*>& ordered) {
    std::vector<Gene> genes;
    std::ranges::transform(
        ordered, std::back_inserter(genes), [](const Gene* gene) { return *gene; });
    return genes;
}

TEST(InGenomeOrder, PutsAnAbsentStartBehindTheGreatestAndAnAbsentChromosomeLast) {
    const std::vector<Gene> genes = {
        {.gene_stable_id = "G4"},
        {.gene_stable_id = "G3", .chromosome = "2"},
        {.gene_stable_id = "G2", .chromosome = "2", .gene_start = 4294967295U},
        {.gene_stable_id = "G1", .chromosome = "1", .gene_start = 7},
    };
    auto expected = genes;
    std::ranges::reverse(expected);
    EXPECT_EQ(copies(in_genome_order(genes)), expected);
    EXPECT_EQ(copies(in_genome_order(expected)), expected);
    EXPECT_TRUE(in_genome_order({}).empty());
}

RC_GTEST_PROP(InGenomeOrder, IsThatOfGenomeBefore, ()) {
    const auto genes = *rc::gen::container<std::vector<Gene>>(any_gene());
    auto expected = genes;
    std::ranges::sort(expected, genome_before);
    const auto ordered = in_genome_order(genes);
    RC_ASSERT(ordered.size() == expected.size());
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        RC_ASSERT(!genome_before(*ordered[i], expected[i]));
        RC_ASSERT(!genome_before(expected[i], *ordered[i]));
    }
}

}  // namespace
}  // namespace chr21
