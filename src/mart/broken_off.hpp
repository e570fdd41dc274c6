#pragma once

#include "gene/result.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace chr21::mart {

// What BioMart says when a query fails, from there to the end of the line: "Query ERROR: caught
// BioMart::Exception::Usage: ...". Wherever it stands in the text, since it also follows rows and
// parts of rows. Empty where there is none.
std::string_view find_biomart_error(std::string_view text);

// Whether a line, without blanks at its ends, is what a server, a proxy or a program says when it
// fails, instead of a table or a row of one: "502 Bad Gateway", "upstream connect error ...",
// "[failed]". To be asked of lines that look like no row, for some words may begin a description.
bool is_failure_message(std::string_view line);

// The line, behind the first, with which an export breaks off, whatever cells it seems to have: an
// error of BioMart or the page of a server or proxy. The error, about "export", quotes it.
std::optional<Error> find_where_it_broke_off(std::string_view text);

// The refusal of an export for a line that is such a message.
Error refuse_broken_off(std::size_t line, std::string_view text);

}  // namespace chr21::mart
