#pragma once

#include "gene/gene.hpp"

#include <span>
#include <vector>

namespace chr21 {

// The genes in the order of genome_before(), which this compares by far cheaper keys: chromosomes
// are few, and each is ranked once. The pointers are into `genes`.
std::vector<const Gene*> in_genome_order(std::span<const Gene> genes);

}  // namespace chr21
