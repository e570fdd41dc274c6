#pragma once

#include "gene/gene_filter.hpp"
#include "gene/region.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/engine/session.hpp"

#include <cstdint>

namespace chr21::sql {

// The genes around a place, as its chromosome runs; nearest first.
struct Neighborhood {
    SelectedGenes overlapping;
    SelectedGenes before;
    SelectedGenes after;
};

// At most `limit` genes on each side and over the place, of those that the filter admits, and
// without the gene of that ID.
Neighborhood select_neighborhood(Session& session,
                                 const NumberedDataset& dataset,
                                 const GeneFilter& filter,
                                 const Region& place,
                                 const std::string& without_id,
                                 std::uint32_t limit);

}  // namespace chr21::sql
