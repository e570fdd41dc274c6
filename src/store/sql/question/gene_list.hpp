#pragma once

#include "gene/gene_filter.hpp"
#include "gene/sort.hpp"
#include "store/gene_store.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/engine/session.hpp"

#include <cstdint>

namespace chr21::sql {

struct GeneList {
    std::uint64_t total = 0;
    SelectedGenes page;  // with attributes
};

// What GeneStore::list promises.
GeneList select_list(Session& session,
                     const NumberedDataset& dataset,
                     const GeneFilter& filter,
                     const Sort& sort,
                     Window window);

}  // namespace chr21::sql
