#pragma once

#include "store/gene_store.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/engine/session.hpp"
#include "store/sql/question/name_list.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chr21::sql {

// Genes, with their attributes and each once, and which of them each text has found.
struct LookedUpGenes {
    SelectedGenes selected;
    std::vector<std::optional<std::size_t>> by_id;
    std::vector<std::optional<std::size_t>> by_name;
};

// What GeneStore::find_all promises.
LookedUpGenes look_up_genes(Session& session,
                            const NumberedDataset& dataset,
                            std::span<const std::string> gene_stable_ids,
                            std::span<const std::string> gene_names);

// What GeneStore::nearest promises, in one statement once the names are known.
std::vector<Advice> select_advice(Session& session,
                                  const NumberedDataset& dataset,
                                  DatasetNames& names,
                                  std::span<const Miss> misses);

}  // namespace chr21::sql
