#pragma once

#include "gene/dataset.hpp"
#include "gene/gene_filter.hpp"
#include "gene/sort.hpp"
#include "store/sql/engine/engine_words.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chr21::sql {

using SqlValue = std::variant<std::int64_t, std::string>;

// A statement, or a piece of one. Each "?" stands for the next value; no value is ever text.
struct Sql {
    std::string text;
    std::vector<SqlValue> values = {};

    Sql& append(std::string_view more, std::vector<SqlValue> bound = {});
    Sql& append(const Sql& more);

    friend bool operator==(const Sql&, const Sql&) = default;
};

// " WHERE ..." for the genes of one dataset that the filter admits: admits() in SQL. `attributes`
// are the dataset's.
Sql where_clause(const EngineWords& words,
                 std::int64_t dataset_id,
                 std::span<const AttributeColumn> attributes,
                 const GeneFilter& filter);

// " ORDER BY ...": sorts_before() in SQL.
std::string order_clause(const Sort& sort);

}  // namespace chr21::sql
