#include "mart/no_header.hpp"

#include "mart/broken_off.hpp"
#include "mart/header_names.hpp"
#include "mart/not_a_table.hpp"
#include "mart/printable.hpp"
#include "text/ascii.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::mart {
namespace {

// "ENSG00000142192", "ENST00000346798.7"
bool looks_like_an_ensembl_id(std::string_view text) {
    return text.starts_with("ENS") &&
           std::ranges::count_if(text, text::is_digit) >= 11;  // NOLINT(readability-magic-numbers)
}

bool has_slug(const std::vector<std::string>& headers, std::string_view wanted) {
    return std::ranges::any_of(headers, [&](const auto& one) { return slug(one) == wanted; });
}

bool has_part(const std::vector<std::string>& headers, std::string_view part) {
    return std::ranges::any_of(headers, [&](const auto& one) { return slug(one).contains(part); });
}

std::string listed(const std::vector<std::string>& headers) {
    constexpr std::size_t most = 12;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, headers.size()); ++i) {
        if (i > 0) list += ", ";
        list += shortened(headers[i], 60);  // NOLINT(readability-magic-numbers)
    }
    return headers.size() > most ? list + ", ..." : list;
}

std::string what_lacks_the_id(const std::vector<std::string>& headers) {
    if (has_slug(headers, "regulatory_stable_id") || has_slug(headers, "feature_type") ||
        has_part(headers, "regulatory")) {
        return "this seems to be an export of the mart Ensembl Regulation, not of genes";
    }
    if (has_slug(headers, "variant_name") || has_part(headers, "snp")) {
        return "this seems to be an export of the mart Ensembl Variation, not of genes";
    }
    if (has_slug(headers, "gene_stable_id_version") ||
        has_slug(headers, "ensembl_gene_id_version")) {
        return "the column Gene stable ID is missing: the ID with its version is there, and the "
               "one without is needed as well";
    }
    if (has_part(headers, "_gene_stable_id") || has_part(headers, "homolog")) {
        return "the column Gene stable ID is missing: only IDs of orthologues are there";
    }
    return "the column Gene stable ID is missing";
}

// What separates the names of a header that is one cell; empty where that is not plain.
std::string_view other_separator(const std::vector<std::string>& headers) {
    if (headers.size() != 1) return {};
    const std::string_view only = headers.front();
    if (only.contains(';')) return "semicolons";
    if (only.contains('|')) return "vertical bars";
    const auto name = slug(only);
    const bool begins_with_the_id = name.starts_with("gene_stable_id_") ||
                                    name.starts_with("ensembl_gene_id_") ||
                                    name.starts_with("gene_id_");
    return begins_with_the_id && !name.ends_with("_version") ? "blanks" : "";
}

// What the first line is instead of a header; empty where it may be one of another table.
std::string what_stands_instead(const Row& row, const std::vector<std::string>& headers) {
    if (headers.size() == 1 && text::equal_ignoring_case(headers.front(), "[success]")) {
        return "BioMart's [success] stands here and there is no table";
    }
    if (const auto first = text::trimmed(row.text); is_failure_message(first)) {
        return "this is what a server, a proxy or a program says when it fails, instead of "
               "genes: " +
               quoted(first);
    }
    if (std::ranges::any_of(headers, looks_like_an_ensembl_id)) {
        return "there is no header line; this one, \"" + listed(headers) +
               "\", looks like a row of genes, and the columns need their names";
    }
    if (const auto separator = other_separator(headers); !separator.empty()) {
        return "the columns are separated by " + std::string(separator) +
               "; commas or tabs are needed";
    }
    if (std::ranges::any_of(headers, [](const auto& one) { return one.starts_with('"'); })) {
        return "the column names of this TSV are enclosed in quotes, which BioMart never does; "
               "in R write it with quote = FALSE";
    }
    return {};
}

}  // namespace

Error explain_header(const Row& row, std::string_view text) {
    if (is_full_of_controls(text)) return refuse_binary();
    std::vector<std::string> headers;
    headers.reserve(row.cells.size());
    for (const auto& cell : row.cells) headers.push_back(cell.value());
    auto what = what_stands_instead(row, headers);
    if (what.empty()) {
        what = what_lacks_the_id(headers) + " (found: " + listed(headers) +
               "); where another column holds the IDs, give it that name";
    }
    return refuse_export("line " + std::to_string(row.line) + ": " + what);
}

}  // namespace chr21::mart
