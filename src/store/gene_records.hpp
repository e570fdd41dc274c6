#pragma once

#include "gene/gene.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// A gene together with its ready-made representation, which its GeneRecords owns.
struct GeneRecord {
    Gene gene;
    std::string_view json;
};

// Writes a gene's representation. The store does not know what it looks like.
using Represent = std::string (*)(const Gene&);

// Genes with their representations, each written once, when this is made. The representations stand
// in one piece of memory in the order of the genes, a comma between two, so that whoever lists
// genes that are neighbours here copies them together.
class GeneRecords {
public:
    GeneRecords(std::vector<Gene> genes, Represent represent);
    GeneRecords(const GeneRecords&) = delete;
    GeneRecords& operator=(const GeneRecords&) = delete;
    GeneRecords(GeneRecords&&) = delete;
    GeneRecords& operator=(GeneRecords&&) = delete;
    ~GeneRecords() = default;

    std::span<const GeneRecord> all() const { return records_; }

private:
    std::string text_;
    std::vector<GeneRecord> records_;
};

}  // namespace chr21
