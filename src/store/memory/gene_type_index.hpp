#pragma once

#include "store/memory/columns.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chr21::memory {

// The genes of each gene type, in genome order.
class GeneTypeIndex {
public:
    explicit GeneTypeIndex(const Columns& columns);

    // Of one gene type, by its number in SharedNames.
    std::span<const Ordinal> genes_of(std::uint32_t gene_type) const;

private:
    std::vector<std::uint32_t> begins_;
    std::vector<Ordinal> ordinals_;
};

// The first `most` ordinals of all lists together, in genome order. The lists share no gene.
std::vector<Ordinal> merge(std::vector<std::span<const Ordinal>> lists, std::size_t most);

}  // namespace chr21::memory
