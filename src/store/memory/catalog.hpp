#pragma once

#include "gene/karyotype.hpp"
#include "store/gene_store.hpp"
#include "store/memory/array_file.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace chr21::memory {

// An immutable, indexed copy of one dataset in memory.
class Catalog : public GeneStore {
public:
    // The genes and what was worked out of them, but for what is as quickly worked out again.
    // Throws ArrayFileFault.
    virtual void write(ArrayFileWriter& file) const = 0;
};

// `genes` may come in any order and must have distinct stable IDs; `represent` is called once for
// each. The karyotype tells which chromosomes are primary.
std::unique_ptr<const Catalog> make_catalog(Dataset dataset,
                                            std::vector<Gene> genes,
                                            Represent represent,
                                            const Karyotype& karyotype = {});

// What write() left to the end of the file. Throws ArrayFileFault.
std::unique_ptr<const Catalog> read_catalog(Dataset dataset,
                                            ArrayFileReader& file,
                                            const Karyotype& karyotype = {});

// About how many bytes the catalog of a dataset takes, so that one can choose before reading it.
// `text_bytes` is what all stable IDs, names, descriptions and attribute values take together, each
// gene's once. Within 30 % for gene tables from a few thousand genes on; reading the dataset takes
// as much again for a moment.
std::uint64_t estimated_catalog_bytes(std::uint64_t gene_count, std::uint64_t text_bytes);

}  // namespace chr21::memory
