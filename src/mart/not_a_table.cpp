#include "mart/not_a_table.hpp"

#include "mart/header_names.hpp"
#include "mart/printable.hpp"
#include "text/ascii.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace chr21::mart {
namespace {

constexpr std::string_view how_to_export =
    "; in BioMart choose the database Ensembl Genes and a dataset, tick Gene stable ID and what "
    "else is wanted under Attributes, Features, Gene, then export Results to File as TSV or CSV";

Error refuse_export(std::string message) {
    return {
        .parameter = "export", .value = "", .message = std::move(message.append(how_to_export))};
}

// The first characters: what is no table can have a first line of any length.
std::string shortened(std::string_view bytes, std::size_t most) {
    auto text = to_printable(bytes.substr(0, most * 4));
    if (text.size() <= most) return text;
    text.resize(most);
    text.resize(find_invalid_utf8(text).value_or(most));
    return text + "...";
}

struct Format {
    std::string_view beginning;  // in lower case, after white space
    std::string_view what;
};

// By the bytes that the formats themselves prescribe.
constexpr std::array binary_formats = {
    Format{"\x1f\x8b", "gzip-compressed data, which is to be inflated first"},
    Format{"PK\x03\x04", "a zip archive or an Excel workbook (.xlsx)"},
    Format{"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"},
    Format{"BZh", "a bzip2 archive"},
    Format{"\xfd"
           "7zXZ",
           "an xz archive"},
    Format{"%PDF-", "a PDF document"},
    Format{"SQLite format 3", "an SQLite database"},
    Format{"\xff\xfe", "UTF-16 text, which Excel calls Unicode text; save it as UTF-8"},
    Format{"\xfe\xff", "UTF-16 text, which Excel calls Unicode text; save it as UTF-8"},
};

constexpr std::array text_formats = {
    Format{"<!doctype html", "an HTML page"},
    Format{"<html", "an HTML page"},
    Format{"<?xml", "an XML document"},
    Format{"<", "an HTML or XML document"},
    Format{"{", "JSON"},
    Format{"[{", "JSON"},
    Format{">", "sequences in FASTA format"},
    Format{"##gff-version", "GFF annotation"},
    Format{"#!genome-build", "GFF or GTF annotation"},
    Format{"##fileformat=vcf", "variants in VCF format"},
    Format{"version https://git-lfs",
           "a git-lfs pointer, which stands for a file that was not fetched; run git lfs pull"},
};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find_first_of("\r\n"));
}

template <class Formats>
std::string_view what_begins(const Formats& formats, std::string_view text) {
    const auto* const found = std::ranges::find_if(
        formats, [&](const Format& format) { return text.starts_with(format.beginning); });
    return found == formats.end() ? std::string_view() : found->what;
}

bool is_odd_control(char c) {
    return text::is_control(c) && !std::string_view("\t\r\n\v\f").contains(c);
}

constexpr std::size_t beginning_bytes = 1024;

// What a later line of a table holds is told with its line and column.
bool begins_with_controls(std::string_view text) {
    return holds_odd_control(first_line(trimmed(text.substr(0, beginning_bytes))));
}

// Line ends at the end make no difference to what a text is.
bool is_full_of_controls(std::string_view text) {
    const auto end = text.find_last_not_of("\r\n");
    const auto beginning = text.substr(0, std::min(end + 1, beginning_bytes));
    const auto controls = std::ranges::count_if(beginning, is_odd_control);
    return controls >= 8 && static_cast<std::size_t>(controls) * 20 >= beginning.size();
}

Error refuse_binary() { return refuse_export("this is no gene table but a binary file"); }

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
               "one "
               "without is needed as well";
    }
    if (has_part(headers, "_gene_stable_id") || has_part(headers, "homolog")) {
        return "the column Gene stable ID is missing: only IDs of orthologues are there";
    }
    return "the column Gene stable ID is missing";
}

}  // namespace

std::optional<Error> find_other_format(std::string_view text) {
    if (const auto what = what_begins(binary_formats, text); !what.empty()) {
        return refuse_export("this is no gene table but " + std::string(what));
    }
    const auto rest = trimmed(text);
    if (rest.empty()) return refuse_export("this is empty");
    if (const auto error = find_biomart_error(rest); !error.empty()) {
        return refuse_export("this is an error that BioMart reported instead of genes: \"" +
                             shortened(error, 300) + "\"");  // NOLINT(readability-magic-numbers)
    }
    if (begins_with_controls(text)) return refuse_binary();
    constexpr std::size_t longest_beginning = 64;
    const auto what = what_begins(text_formats, fold(rest.substr(0, longest_beginning)));
    if (!what.empty()) {
        return refuse_export("this is no gene table but seems to be " + std::string(what));
    }
    return {};
}

std::string_view find_biomart_error(std::string_view text) {
    constexpr std::array<std::string_view, 4> signs = {"Query ERROR: caught BioMart",
                                                       "ERROR: caught BioMart",
                                                       "ERROR caught BioMart",
                                                       "BioMart::Exception"};
    const bool is_error =
        std::ranges::any_of(signs, [&](std::string_view sign) { return text.starts_with(sign); });
    return is_error ? first_line(text) : std::string_view();
}

bool holds_odd_control(std::string_view text) { return std::ranges::any_of(text, is_odd_control); }

Error explain_header(const Row& row, std::string_view text) {
    if (is_full_of_controls(text)) return refuse_binary();
    std::vector<std::string> headers;
    headers.reserve(row.cells.size());
    for (const auto& cell : row.cells) headers.push_back(cell.value());
    const auto line = "line " + std::to_string(row.line) + ": ";
    if (std::ranges::any_of(headers, looks_like_an_ensembl_id)) {
        return refuse_export(line + "there is no header line; this one, \"" + listed(headers) +
                             "\", looks like a row of genes, and the columns need their names");
    }
    if (headers.size() == 1 && headers.front().contains(';')) {
        return refuse_export(line +
                             "the columns are separated by semicolons; commas or tabs are "
                             "needed");
    }
    if (std::ranges::any_of(headers, [](const auto& one) { return one.starts_with('"'); })) {
        return refuse_export(line +
                             "the column names of this TSV are enclosed in quotes, which "
                             "BioMart never does; in R write it with quote = FALSE");
    }
    return refuse_export(line + what_lacks_the_id(headers) + " (found: " + listed(headers) + ")");
}

}  // namespace chr21::mart
