#pragma once

#include "store/gene_store.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace chr21::memory {

// The catalog: an immutable, indexed copy of one dataset in memory. `genes` may come in any
// order and must have distinct stable IDs; `represent` is called once for each.
std::unique_ptr<const GeneStore> make_catalog(Dataset dataset,
                                              std::vector<Gene> genes,
                                              Represent represent);

// About how many bytes the catalog of a dataset takes, so that one can choose before reading it.
// `text_bytes` is what all stable IDs, names, descriptions and attribute values take together, each
// gene's once. Within 30 % for gene tables from a few thousand genes on; reading the dataset takes
// as much again for a moment.
std::uint64_t estimated_catalog_bytes(std::uint64_t gene_count, std::uint64_t text_bytes);

}  // namespace chr21::memory
