#pragma once

#include "gene/result.hpp"
#include "mart/rows.hpp"

#include <string_view>

namespace chr21::mart {

// Why the first row of the table in `text` cannot be the header of a gene export: the file is a
// binary one, there is no header, its columns are separated by something else than commas or tabs,
// or it is of another mart, of orthologues alone, or lacks the stable ID.
Error explain_header(const Row& row, std::string_view text);

}  // namespace chr21::mart
