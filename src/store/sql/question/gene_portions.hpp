#pragma once

#include "gene/gene_filter.hpp"
#include "gene/sort.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/engine/session.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chr21::sql {

// The gene_order of each gene that the filter admits, in the order of `sort`.
std::vector<std::uint32_t> select_orders(Session& session,
                                         const NumberedDataset& dataset,
                                         const GeneFilter& filter,
                                         const Sort& sort);

// The genes of these numbers, each once, in the order of `orders`, with attributes. Fewer where the
// database has fewer.
SelectedGenes select_portion(Session& session,
                             const NumberedDataset& dataset,
                             std::span<const std::uint32_t> orders);

// The chromosomes of the genes that the filter admits and whose start and end are known, each once,
// in natural order.
std::vector<std::string> select_placed_chromosomes(Session& session,
                                                   const NumberedDataset& dataset,
                                                   const GeneFilter& filter);

}  // namespace chr21::sql
