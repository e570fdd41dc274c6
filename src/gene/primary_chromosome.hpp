#pragma once

#include "gene/karyotype.hpp"

#include <string_view>

namespace chr21 {

// Whether a chromosome is one of the assembly itself rather than a patch, an alternative haplotype
// or a scaffold: genes on it come before genes of the same name elsewhere. Where the karyotype is
// known it is one of its chromosomes, as ChromosomeNames tells them apart; else its name has at
// most 5 characters after an optional "chr", and no "_", "." or "-".
bool is_primary_chromosome(std::string_view name, const Karyotype& karyotype);

}  // namespace chr21
