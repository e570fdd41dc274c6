#pragma once

#include "store/gene_records.hpp"
#include "store/memory/array_file.hpp"

namespace chr21::memory {

// The genes of a catalog as arrays of its file. Both throw ArrayFileFault.
void write_gene_records(const GeneRecords& genes, ArrayFileWriter& file);
GeneRecords read_gene_records(ArrayFileReader& file);

}  // namespace chr21::memory
