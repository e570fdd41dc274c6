#include "mart/not_a_table.hpp"

#include "mart/broken_off.hpp"
#include "mart/frame.hpp"
#include "mart/printable.hpp"
#include "mart/unicode_form.hpp"
#include "text/ascii.hpp"
#include "text/fold.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace chr21::mart {
namespace {

constexpr std::string_view how_to_export =
    "; in BioMart choose the database Ensembl Genes and a dataset, tick Gene stable ID and what "
    "else is wanted under Attributes, Features, Gene, then export Results to File as TSV or CSV";

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
    return holds_odd_control(first_line(text::trimmed(text.substr(0, beginning_bytes))));
}

// What is wrong with bytes that are no text in UTF-8 at all.
std::string what_is_binary(std::string_view text) {
    if (const auto what = what_begins(binary_formats, text); !what.empty()) {
        return std::string(what);
    }
    const auto form = wide_unicode_form(text);
    if (form.empty()) return {};
    return std::string(form.substr(0, form.size() - 2)) +
           " text, which Excel calls Unicode text; save it as UTF-8, or write it anew with iconv "
           "-f " +
           std::string(form) + " -t UTF-8";
}

}  // namespace

Error refuse_export(std::string message) {
    return {
        .parameter = "export", .value = "", .message = std::move(message.append(how_to_export))};
}

Error refuse_binary() { return refuse_export("this is no gene table but a binary file"); }

Error refuse_lone_carriage_returns() {
    return refuse_export(
        "the lines of this text end in a carriage return (CR) alone, as those of old Macs do; save "
        "it with line feeds, as text for Windows or Linux, or write it anew with tr '\\r' '\\n'");
}

// Line ends at the end make no difference to what a text is.
bool is_full_of_controls(std::string_view text) {
    const auto end = text.find_last_not_of("\r\n");
    const auto beginning = text.substr(0, std::min(end + 1, beginning_bytes));
    const auto controls = std::ranges::count_if(beginning, is_odd_control);
    return controls >= 8 && static_cast<std::size_t>(controls) * 20 >= beginning.size();
}

std::optional<Error> find_other_format(std::string_view text) {
    if (const auto what = what_is_binary(text); !what.empty()) {
        return refuse_export("this is no gene table but " + what);
    }
    const auto rest = text::trimmed(text);
    if (rest.empty()) return refuse_export("this is empty");
    const auto error = find_biomart_error(first_line(rest));
    if (!error.empty() && error.data() == rest.data()) {
        constexpr std::size_t longest_quote = 300;
        return refuse_export("this is an error that BioMart reported instead of genes: \"" +
                             shortened(error, longest_quote) + '"');
    }
    if (begins_with_controls(text)) return refuse_binary();
    constexpr std::size_t longest_beginning = 64;
    const auto what = what_begins(text_formats, fold(rest.substr(0, longest_beginning)));
    if (!what.empty()) {
        return refuse_export("this is no gene table but seems to be " + std::string(what));
    }
    if (has_lone_carriage_return(text)) return refuse_lone_carriage_returns();
    return {};
}

bool holds_odd_control(std::string_view text) { return std::ranges::any_of(text, is_odd_control); }

}  // namespace chr21::mart
