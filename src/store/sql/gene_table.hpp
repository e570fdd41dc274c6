#pragma once

#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "store/sql/where_clause.hpp"

#include <cstdint>
#include <optional>
#include <vector>

#include <soci/soci.h>

namespace chr21::sql {

struct NumberedDataset {
    std::int64_t id = 0;
    Dataset dataset;
};

// Absent while nothing has been stored.
std::optional<NumberedDataset> read_active(soci::session& session);

// Adds a dataset and makes it the active one. `genes` are in genome order.
void insert_active(soci::session& session, const Dataset& dataset, const std::vector<Gene>& genes);

// The genes that `rest`, what follows "SELECT ... FROM gene", selects, in its order.
std::vector<Gene> select_genes(soci::session& session, const Sql& rest);

}  // namespace chr21::sql
