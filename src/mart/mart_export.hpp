#pragma once

#include "gene/gene.hpp"
#include "gene/result.hpp"

#include <string_view>
#include <vector>

namespace chr21::mart {

// Reads a BioMart export that has the eight gene columns in any order, as CSV (RFC 4180 or
// BioMart's own, which encloses a field only where it holds a comma) or TSV (never quoted; told by
// the header line). LF or CRLF, with or without a byte order mark. An empty cell is an absent
// value.
//
// Genes come in the order of the file. The error names the line (1-based) and column that cannot
// be used: a missing "Gene stable ID" column or cell, a position that is not a whole number of
// bp from 1 on, a start after its end, a strand other than 1 or -1, a row with too few or too many
// cells, bytes that are not UTF-8, the same stable ID twice with different values.
Result<std::vector<Gene>> parse_export(std::string_view text);

}  // namespace chr21::mart
