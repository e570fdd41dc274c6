#include "store/sql/question/where_clause.hpp"

#include <gtest/gtest.h>

namespace chr21::sql {
namespace {

const EngineWords& words() { return engine_of(EngineKind::sqlite).words(); }

TEST(WhereClause, AsksForTheDatasetAlone) {
    EXPECT_EQ(where_clause(words(), 7, {}, {}), (Sql{" WHERE dataset_id = ?", {std::int64_t{7}}}));
}

TEST(WhereClause, BindsEveryValue) {
    const GeneFilter filter{.gene_names = {"a'; DROP TABLE gene; --", "b"},
                            .searches = {"%"},
                            .regions = {Region::make("21", 5, 9).value()},
                            .strand = Strand::reverse};
    const auto [text, values] = where_clause(words(), 1, {}, filter);
    EXPECT_EQ(text,
              " WHERE dataset_id = ? AND folded_name IN (?, ?)"
              " AND (instr(folded_name, ?) > 0 OR instr(folded_description, ?) > 0)"
              " AND (chromosome = ? AND gene_start <= ? AND gene_end >= ?)"
              " AND strand = ?");
    const std::vector<SqlValue> expected{std::int64_t{1},
                                         "a'; DROP TABLE gene; --",
                                         "b",
                                         "%",
                                         "%",
                                         "21",
                                         std::int64_t{9},
                                         std::int64_t{5},
                                         std::int64_t{-1}};
    EXPECT_EQ(values, expected);
}

TEST(OrderClause, PutsAbsentValuesLastAndEndsInGenomeOrder) {
    EXPECT_EQ(order_clause({}), " ORDER BY gene_order");
    EXPECT_EQ(order_clause({{SortField::gene_name, true}, {SortField::length}}),
              " ORDER BY folded_name IS NULL, folded_name DESC, gene_length IS NULL, gene_length, "
              "gene_order");
}

}  // namespace
}  // namespace chr21::sql
