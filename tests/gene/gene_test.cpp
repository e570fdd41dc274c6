#include "gene/gene.hpp"

#include "tests/generators.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21 {
namespace {

using testing::any_gene;
using Names = std::vector<std::string>;

TEST(Length, CountsBothEnds) {
    EXPECT_EQ(length({.gene_stable_id = "G", .gene_start = 100, .gene_end = 100}), 1U);
    EXPECT_EQ(length({.gene_stable_id = "G", .gene_start = 1, .gene_end = 4294967295U}),
              4294967295U);
}

TEST(Length, IsAbsentUnlessBothEndsAreKnown) {
    EXPECT_EQ(length({.gene_stable_id = "G", .gene_start = 100}), std::nullopt);
    EXPECT_EQ(length({.gene_stable_id = "G", .gene_end = 100}), std::nullopt);
}

TEST(ToPosition, IsAWholeNumberFromOneOn) {
    EXPECT_EQ(to_position("1"), 1U);
    EXPECT_EQ(to_position("4294967295"), 4294967295U);
    for (const auto* text : {"",
                             "0",
                             "-1",
                             "+1",
                             " 1",
                             "1 ",
                             "1.0",
                             "1e3",
                             "1,000",
                             "4294967296",
                             "999999999999999999999999999999",
                             "0x1",
                             "x"}) {
        EXPECT_EQ(to_position(text), std::nullopt) << text;
    }
}

TEST(ToStrand, KnowsNumbersAndSigns) {
    EXPECT_EQ(to_strand("1"), Strand::forward);
    EXPECT_EQ(to_strand("+"), Strand::forward);
    EXPECT_EQ(to_strand("-1"), Strand::reverse);
    EXPECT_EQ(to_strand("-"), Strand::reverse);
    for (const auto* text : {"", "0", "+1", "2", "1 ", "forward", "--"}) {
        EXPECT_EQ(to_strand(text), std::nullopt) << text;
    }
}

TEST(ChromosomeBefore, PutsChromosomesInTheOrderPeopleListThem) {
    const Names listed = {"1",
                          "01",
                          "2",
                          "10",
                          "22",
                          "4294967296",
                          "CHR_HG1_PATCH",
                          "CHR_HG2_PATCH",
                          "CHR_HG10_PATCH",
                          "KI270728.1",
                          "KI270733.1",
                          "W",
                          "X",
                          "X10",
                          "Y",
                          "chr1",
                          "chr2",
                          "chr10",
                          "chrX",
                          "x",
                          "MT",
                          ""};
    auto sorted = listed;
    std::ranges::reverse(sorted);
    std::ranges::sort(sorted, chromosome_before);
    // "01" has the value of "1"; of equals the bytes decide.
    auto expected = listed;
    std::swap(expected[0], expected[1]);
    EXPECT_EQ(sorted, expected);
}

TEST(ChromosomeBefore, KnowsTheMitochondrionByItsOtherNames) {
    for (const auto* name : {"MT", "Mt", "M", "chrM", "chrMT"}) {
        EXPECT_TRUE(chromosome_before("chrY", name)) << name;
        EXPECT_TRUE(chromosome_before("scaffold_900", name)) << name;
    }
    EXPECT_TRUE(chromosome_before("MTX", "X"));
}

rc::Gen<std::string> any_name() {
    return testing::concatenation_of(
        {"0", "1", "9", "10", "00", "007", "X", "a", "chr", "M", "MT", "_", "."});
}

RC_GTEST_PROP(ChromosomeBefore, IsTotalOnDistinctNames, ()) {
    const auto left = *any_name();
    const auto right = *any_name();
    RC_ASSERT(chromosome_before(left, right) + chromosome_before(right, left) ==
              (left == right ? 0 : 1));
}

RC_GTEST_PROP(ChromosomeBefore, IsTransitive, ()) {
    auto names = *rc::gen::container<Names>(3, any_name());
    RC_PRE(chromosome_before(names[0], names[1]) && chromosome_before(names[1], names[2]));
    RC_ASSERT(chromosome_before(names[0], names[2]));
}

TEST(GenomeBefore, ComparesChromosomeThenStartThenStableId) {
    const std::vector<Gene> ordered = {
        {.gene_stable_id = "G9", .chromosome = "2", .gene_start = 500},
        {.gene_stable_id = "G8", .chromosome = "10", .gene_start = 1},
        {.gene_stable_id = "G1", .chromosome = "10", .gene_start = 7},
        {.gene_stable_id = "G2", .chromosome = "10", .gene_start = 7},
        {.gene_stable_id = "G0", .chromosome = "10", .gene_start = 4294967295U},
        {.gene_stable_id = "G0.5", .chromosome = "10"},
        {.gene_stable_id = "G7", .chromosome = "MT", .gene_start = 1},
        {.gene_stable_id = "G3", .gene_start = 3},
        {.gene_stable_id = "G4"},
    };
    auto sorted = ordered;
    std::ranges::reverse(sorted);
    std::ranges::sort(sorted, genome_before);
    EXPECT_EQ(sorted, ordered);
}

RC_GTEST_PROP(GenomeBefore, IsTotal, ()) {
    const auto one = *any_gene();
    const auto other = *any_gene();
    RC_ASSERT(!(genome_before(one, other) && genome_before(other, one)));
    RC_ASSERT(one.gene_stable_id == other.gene_stable_id || genome_before(one, other) ||
              genome_before(other, one));
    RC_ASSERT(!genome_before(one, one));
}

}  // namespace
}  // namespace chr21
