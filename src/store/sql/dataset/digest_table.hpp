#pragma once

#include "gene/gene.hpp"
#include "store/sql/dataset/dataset_table.hpp"
#include "store/sql/engine/session.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace chr21::sql {

// Keeps the digest of the genes, which are in genome order, of a dataset that has none yet.
void insert_digest(Session& session,
                   std::int64_t dataset_id,
                   const Dataset& dataset,
                   std::span<const Gene* const> genes);

// What was kept; absent where the dataset was stored by a program that kept none, or one of another
// scheme.
std::optional<std::string> read_digest(Session& session, const NumberedDataset& dataset);

}  // namespace chr21::sql
