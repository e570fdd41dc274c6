#pragma once

#include "gene/dataset.hpp"
#include "gene/gene_filter.hpp"
#include "gene/sort.hpp"
#include "store/sql/engine/engine.hpp"
#include "store/sql/engine/sql.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace chr21::sql {

// " WHERE ..." for the genes of one dataset that the filter admits: admits() in SQL. `attributes`
// are the dataset's.
Sql where_clause(const EngineWords& words,
                 std::int64_t dataset_id,
                 std::span<const AttributeColumn> attributes,
                 const GeneFilter& filter);

// " ORDER BY ...": sorts_before() in SQL.
std::string order_clause(const Sort& sort);

}  // namespace chr21::sql
