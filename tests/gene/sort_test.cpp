#include "gene/sort.hpp"

#include "tests/generators.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21 {
namespace {

// In genome order: A, B, C, D, E.
std::vector<Gene> five_genes() {
    return {
        {.gene_stable_id = "A",
         .gene_name = "beta",
         .chromosome = "1",
         .gene_start = 10,
         .gene_end = 99},
        {.gene_stable_id = "B",
         .gene_name = "Alpha",
         .chromosome = "1",
         .gene_start = 20,
         .gene_end = 30},
        {.gene_stable_id = "C", .chromosome = "2", .gene_start = 10, .gene_end = 20},
        {.gene_stable_id = "D", .gene_name = "ALPHA", .chromosome = "2", .gene_start = 10},
        {.gene_stable_id = "E", .gene_name = "Éta"},
    };
}

std::string sorted_by(const Sort& sort) {
    auto genes = five_genes();
    std::ranges::reverse(genes);
    std::ranges::sort(genes, [&](const Gene& left, const Gene& right) {
        return sorts_before(sort, left, right);
    });
    std::string ids;
    for (const auto& gene : genes) ids += gene.gene_stable_id;
    return ids;
}

TEST(SortsBefore, PutsAbsentValuesLastInBothDirections) {
    struct Case {
        Sort sort;
        std::string_view order;
    };
    const std::vector<Case> cases = {
        {{}, "ABCDE"},
        {{{SortField::gene_start}}, "ACDBE"},
        {{{SortField::gene_start, true}}, "BACDE"},
        {{{SortField::gene_end}}, "CBADE"},
        {{{SortField::gene_end, true}}, "ABCDE"},
        {{{SortField::gene_name}}, "BDAEC"},
        {{{SortField::gene_name, true}}, "EABDC"},
        {{{SortField::length}}, "BCADE"},
        {{{SortField::length, true}}, "ABCDE"},
        {{{SortField::gene_stable_id, true}}, "EDCBA"},
        {{{SortField::gene_name}, {SortField::gene_stable_id, true}}, "DBAEC"},
        {{{SortField::length}, {SortField::gene_start, true}}, "BCADE"},
    };
    for (const auto& [sort, order] : cases) {
        EXPECT_EQ(sorted_by(sort), order) << rc::toString(sort);
    }
}

RC_GTEST_PROP(SortsBefore, IsTotal, ()) {
    const auto sort = *testing::any_sort();
    const auto one = *testing::any_gene();
    const auto other = *testing::any_gene();
    const bool before = sorts_before(sort, one, other);
    const bool after = sorts_before(sort, other, one);
    RC_ASSERT(!(before && after));
    RC_ASSERT(before || after || one.gene_stable_id == other.gene_stable_id);
}

RC_GTEST_PROP(SortsBefore, OrdersGenesTheSameFromAnyStart, ()) {
    const auto sort = *testing::any_sort();
    auto genes = *testing::any_genes();
    const auto before = [&](const Gene& left, const Gene& right) {
        return sorts_before(sort, left, right);
    };
    auto reversed = genes;
    std::ranges::reverse(reversed);
    std::ranges::sort(genes, before);
    std::ranges::sort(reversed, before);
    RC_ASSERT(genes == reversed);
}

}  // namespace
}  // namespace chr21
