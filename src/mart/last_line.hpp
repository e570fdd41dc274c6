#pragma once

#include "gene/gene.hpp"
#include "mart/header.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace chr21::mart {

// The last row of an export whose last line has no line end.
struct LastLine {
    std::size_t line = 0;
    std::string last_cell;
};

// Whether its last cell is empty, or no number in a column that holds numbers alone: positions,
// strands, and attributes that are whole numbers in all `genes` but this.
bool seems_cut_off(const LastLine& last, const Header& header, std::span<const Gene> genes);

}  // namespace chr21::mart
