#pragma once

#include "store/gene_store.hpp"

#include <memory>
#include <vector>

namespace chr21::memory {

// The catalog: an immutable, indexed copy of one dataset in memory. `genes` may come in any
// order and must have distinct stable IDs; `represent` is called once for each.
std::unique_ptr<const GeneStore> make_catalog(Dataset dataset,
                                              std::vector<Gene> genes,
                                              Represent represent);

}  // namespace chr21::memory
