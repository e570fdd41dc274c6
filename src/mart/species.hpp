#pragma once

#include "gene/gene.hpp"

#include <optional>
#include <span>
#include <string>

namespace chr21::mart {

// The species that every stable ID names by its prefix: "Homo sapiens" for ENSG00000142192. Absent
// when there are no genes, one ID has no such form, or the prefix is not in our list.
std::optional<std::string> species_of(std::span<const Gene> genes);

}  // namespace chr21::mart
