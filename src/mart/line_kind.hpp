#pragma once

#include "gene/result.hpp"
#include "mart/header.hpp"
#include "mart/rows.hpp"

#include <cstdint>

namespace chr21::mart {

// What a line below the header is, whatever number of cells it seems to have.
enum class LineKind : std::uint8_t {
    row,               // of a gene, or one that cannot be used
    completion_stamp,  // BioMart's [success]; several where exports were put after each other
    repeated_header,   // says of each cell what the header says
    comment,           // begins with "#" where a row has its stable ID
    blank              // nothing in any cell
};

// The row's cells have no blanks at their ends. Refuses the export, about "export", for a header of
// other columns, or of the same in another order, and for what is said when an export fails.
Result<LineKind> kind_of(const Row& row, const Header& header);

}  // namespace chr21::mart
