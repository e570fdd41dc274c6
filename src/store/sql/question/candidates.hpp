#pragma once

#include "gene/gene_filter.hpp"
#include "store/sql/dataset/dataset_table.hpp"
#include "store/sql/engine/session.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace chr21::sql {

// Orders of genes, rising.
using GeneOrders = std::vector<std::int64_t>;

// A few genes, among them all that the filter admits, found by index; absent where no index leaves
// few enough. An engine's planner would have to guess which index that is.
std::optional<GeneOrders> find_candidates(Session& session,
                                          const NumberedDataset& dataset,
                                          const GeneFilter& filter);

// True for the candidates, and for others where that is sooner told.
Sql among(const GeneOrders& candidates);

// where_clause() of the filter, told of the candidates where there are some.
Sql narrowed_where(Session& session, const NumberedDataset& dataset, const GeneFilter& filter);

}  // namespace chr21::sql
