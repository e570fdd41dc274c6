#pragma once

#include "gene/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chr21::mart {

// What a text that is no table seems to be, and how to make the right export: an empty file,
// gzip, a workbook, another binary file, UTF-16 or UTF-32, HTML, XML, JSON, FASTA, GFF, VCF, a
// git-lfs pointer, lines that end in CR alone, an answer of BioMart, a server or a proxy that says
// what went wrong. Absent when it may be a table.
std::optional<Error> find_other_format(std::string_view text);

// The refusal, about "export", of what is no export of genes: the message, and how to make one.
Error refuse_export(std::string message);

// Likewise of a binary file, and of a text that has_lone_carriage_return().
Error refuse_binary();
Error refuse_lone_carriage_returns();

// Whether so many of the first characters are control characters that this is no text.
bool is_full_of_controls(std::string_view text);

// Whether a control character is there that separates neither cells nor lines nor pages.
bool holds_odd_control(std::string_view text);

}  // namespace chr21::mart
