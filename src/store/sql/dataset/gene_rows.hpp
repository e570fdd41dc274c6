#pragma once

#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "store/sql/dataset/progress.hpp"
#include "store/sql/engine/session.hpp"

#include <cstdint>
#include <span>

namespace chr21::sql {

// Writes the genes, which are in genome order, of a dataset that has none yet, with their
// attributes, postings and lists. Throws std::invalid_argument where a gene has an attribute that
// is not among the dataset's or not in their order.
void insert_genes(Session& session,
                  std::int64_t dataset_id,
                  const Dataset& dataset,
                  std::span<const Gene* const> genes,
                  const Progress& progress);

}  // namespace chr21::sql
