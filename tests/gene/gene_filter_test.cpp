#include "gene/gene_filter.hpp"

#include "tests/generators.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21 {
namespace {

using testing::any_filter;
using testing::any_gene;
using testing::three_genes;

std::vector<Region> regions(std::initializer_list<std::string_view> texts) {
    std::vector<Region> parsed;
    for (const auto text : texts) parsed.push_back(parse_region(text).value());
    return parsed;
}

// The last digits of the stable IDs of three_genes() that the filter admits.
std::string admitted(const GeneFilter& filter) {
    std::string digits;
    for (const auto& gene : three_genes()) {
        if (admits(filter, gene)) digits += gene.gene_stable_id.back();
    }
    return digits;
}

TEST(Admits, LooksAtEveryValueOfAnAttribute) {
    const Gene gene{.gene_stable_id = "ENSG00000000001",
                    .gene_name = "ALPHA1",
                    .attributes = {{"go_id", {"GO:0005524", "GO:0006468"}}}};
    const auto admitted_by = [&](const GeneFilter& filter) { return admits(filter, gene); };
    EXPECT_TRUE(admitted_by({.attributes = {{"go_id", {"go:0006468"}}}}));
    EXPECT_TRUE(admitted_by({.attributes = {{"go_id", {"go:1", "go:0005524"}}}}));
    EXPECT_FALSE(admitted_by({.attributes = {{"go_id", {"go:000646"}}}}));
    EXPECT_FALSE(admitted_by({.attributes = {{"hgnc_id", {"go:0006468"}}}}));
    EXPECT_FALSE(
        admitted_by({.attributes = {{"go_id", {"go:0006468"}}, {"hgnc_id", {"go:0006468"}}}}));
}

TEST(Admits, SearchesOnlyWhereItIsTold) {
    const Gene gene{.gene_stable_id = "ENSG00000000001",
                    .gene_name = "ALPHA1",
                    .attributes = {{"go_id", {"GO:0005524", "GO:0006468"}}}};
    const auto found_in = [&](std::vector<std::string> columns, const std::string& text) {
        return admits({.searches = {text}, .search_in = std::move(columns)}, gene);
    };
    EXPECT_TRUE(found_in({"go_id"}, "6468"));
    EXPECT_TRUE(found_in({"gene_description", "gene_stable_id"}, "ensg"));
    EXPECT_TRUE(found_in({"gene_name"}, "alpha"));
    EXPECT_FALSE(found_in({"gene_description"}, "alpha"));
    EXPECT_FALSE(found_in({}, "ensg"));
    EXPECT_FALSE(found_in({"hgnc_id"}, "6468"));
}

TEST(Admits, TakesEachPartAtItsWord) {
    struct Case {
        std::string_view what;
        GeneFilter filter;
        std::string_view admitted;
    };
    const std::vector<Case> cases = {
        {"empty", {}, "123"},
        {"stable ID", {.gene_stable_ids = {"ensg00000000002"}}, "2"},
        {"part of a stable ID", {.gene_stable_ids = {"ensg"}}, ""},
        {"several stable IDs", {.gene_stable_ids = {"ensg00000000003", "ensg00000000001"}}, "13"},
        {"name", {.gene_names = {"alpha1"}}, "1"},
        {"name in another case", {.gene_names = {"beta2"}}, "3"},
        {"part of a name", {.gene_names = {"alpha"}}, ""},
        {"part of a gene type", {.gene_types = {"cod"}}, "1"},
        {"several gene types", {.gene_types = {"lncrna", "protein"}}, "12"},
        {"chromosome", {.chromosomes = {"X"}}, "3"},
        {"chromosome in another case", {.chromosomes = {"x"}}, ""},
        {"several chromosomes", {.chromosomes = {"X", "21"}}, "123"},
        {"search in descriptions", {.searches = {"kinase"}}, "1"},
        {"search in names and descriptions", {.searches = {"alpha1"}}, "12"},
        {"search in names", {.searches = {"eta"}}, "3"},
        {"several searches", {.searches = {"kinase", "beta"}}, "13"},
        {"search does not join name and description", {.searches = {"alpha1alpha"}}, ""},
        {"search takes wildcards literally", {.searches = {"%"}}, ""},
        {"region by one base", {.regions = regions({"21:1-100"})}, "1"},
        {"region between", {.regions = regions({"21:201-201"})}, "2"},
        {"several regions", {.regions = regions({"21:1-100", "21:400-500"})}, "12"},
        {"region elsewhere", {.regions = regions({"X:1-4294967295"})}, ""},
        {"band", {.bands = regions({"21:1-149"})}, "1"},
        {"region and band",
         {.regions = regions({"21:300-300"}), .bands = regions({"21:1-149"})},
         ""},
        {"forward strand", {.strand = Strand::forward}, "1"},
        {"reverse strand", {.strand = Strand::reverse}, "2"},
        {"least length", {.min_length = 102}, "2"},
        {"least length, exactly", {.min_length = 101}, "12"},
        {"greatest length", {.max_length = 101}, "1"},
        {"both lengths", {.min_length = 251, .max_length = 251}, "2"},
        {"parts mean AND", {.chromosomes = {"21"}, .searches = {"beta"}}, ""},
    };
    for (const auto& [what, filter, expected] : cases) {
        EXPECT_EQ(admitted(filter), expected) << what;
    }
}

TEST(Admits, NoGeneThatLacksTheValueAskedFor) {
    const Gene bare{.gene_stable_id = "G"};
    EXPECT_TRUE(admits({}, bare));
    EXPECT_TRUE(admits({.gene_stable_ids = {"g"}}, bare));
    const std::vector<GeneFilter> asking = {{.gene_names = {""}},
                                            {.gene_types = {""}},
                                            {.chromosomes = {""}},
                                            {.searches = {""}},
                                            {.min_length = 1},
                                            {.max_length = 4294967295U},
                                            {.strand = Strand::forward}};
    for (const auto& filter : asking) EXPECT_FALSE(admits(filter, bare));
}

TEST(GeneFilter, IsEmptyUntilAPartIsSet) {
    EXPECT_TRUE(GeneFilter{}.empty());
    EXPECT_FALSE((GeneFilter{.searches = {""}}).empty());
    EXPECT_FALSE((GeneFilter{.bands = regions({"21:1-2"})}).empty());
    EXPECT_FALSE((GeneFilter{.strand = Strand::reverse}).empty());
    EXPECT_FALSE((GeneFilter{.max_length = 1}).empty());
}

RC_GTEST_PROP(Admits, MoreOnlyWhenAPartIsTakenAway, ()) {
    const auto filter = *any_filter();
    const auto gene = *any_gene();
    auto wider = filter;
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            wider.gene_names.clear();
            break;
        case 1:
            wider.searches.clear();
            break;
        case 2:
            wider.regions.clear();
            break;
        case 3:
            wider.strand.reset();
            break;
        default:
            wider.min_length.reset();
    }
    RC_ASSERT(!admits(filter, gene) || admits(wider, gene));
}

RC_GTEST_PROP(Admits, WhatEitherOfTwoChromosomesAdmits, ()) {
    const auto gene = *any_gene();
    const auto one = *testing::any_chromosome();
    const auto other = *testing::any_chromosome();
    RC_ASSERT(admits({.chromosomes = {one, other}}, gene) ==
              (admits({.chromosomes = {one}}, gene) || admits({.chromosomes = {other}}, gene)));
}

RC_GTEST_PROP(Admits, ByRegionWhatOverlapsIt, ()) {
    const auto gene = *any_gene();
    const auto region = *testing::any_region();
    const auto place = region_of(gene);
    RC_ASSERT(admits({.regions = {region}}, gene) == (place && place->overlaps(region)));
}

}  // namespace
}  // namespace chr21
