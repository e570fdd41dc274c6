#pragma once

#include "store/gene_store.hpp"
#include "store/sql/dataset/dataset_table.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/question/name_list.hpp"

#include <span>
#include <vector>

namespace chr21::sql {

// What GeneStore::nearest() promises, in one statement once the names are known.
std::vector<Advice> select_advice(Session& session,
                                  const NumberedDataset& dataset,
                                  DatasetNames& names,
                                  std::span<const Wanted> missed);

}  // namespace chr21::sql
