#pragma once

#include "store/sql/dataset/dataset_table.hpp"
#include "store/sql/engine/session.hpp"

#include <string>
#include <vector>

namespace chr21::sql {

// What GeneStore::gene_types promises. Reads every gene of a dataset that was stored without lists.
std::vector<std::string> select_gene_types(Session& session, const NumberedDataset& dataset);

}  // namespace chr21::sql
