#pragma once

#include "gene/gene.hpp"
#include "gene/result.hpp"
#include "mart/header.hpp"
#include "mart/rows.hpp"

#include <span>

namespace chr21::mart {

// The gene that one row describes. The error names the line and column of the first cell that
// cannot be used.
Result<Gene> parse_gene(const Row& row, std::span<const Column> columns);

}  // namespace chr21::mart
