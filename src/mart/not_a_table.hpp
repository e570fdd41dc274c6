#pragma once

#include "gene/result.hpp"
#include "mart/rows.hpp"

#include <optional>
#include <string_view>

namespace chr21::mart {

// What a text that is no table seems to be, and how to make the right export: an empty file,
// gzip, a workbook, another binary file, UTF-16, HTML, XML, JSON, FASTA, GFF, VCF, a git-lfs
// pointer, an answer of BioMart that says what went wrong. Absent when it may be a table.
std::optional<Error> find_other_format(std::string_view text);

// Whether a control character is there that separates neither cells nor lines nor pages.
bool holds_odd_control(std::string_view text);

// Why the first row of the table in `text` cannot be the header of a gene export: the file is a
// binary one, there is no header, or it is of another mart, of orthologues alone, or lacks the
// stable ID.
Error explain_header(const Row& row, std::string_view text);

// The line with which BioMart reports an error, if the text begins with one; otherwise empty.
std::string_view find_biomart_error(std::string_view text);

}  // namespace chr21::mart
