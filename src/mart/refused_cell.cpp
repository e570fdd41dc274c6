#include "mart/refused_cell.hpp"

#include "mart/cell_form.hpp"
#include "mart/printable.hpp"
#include "text/ascii.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace chr21::mart {
namespace {

std::string_view cause_of_any(std::string_view cell) {
    if (is_missing_value(cell)) {
        return "that is how data frames and databases write a missing value; leave such cells "
               "empty, with na = \"\" in R and na_rep=\"\" in pandas";
    }
    if (is_formula_error(cell)) return "that is a formula of a spreadsheet that failed";
    if (is_guarded(cell)) {
        return "that is how spreadsheets keep text as it is; export the bare value";
    }
    if (is_enclosed(cell)) {
        return "TSV is not quoted; write it without quotes, with quote = FALSE in R, or as CSV";
    }
    if (is_whole_float(cell) && !has_thousands_separators(cell)) {
        return "that is how data frames write a column of whole numbers with missing values; "
               "write whole numbers, with dtype Int64 in pandas";
    }
    return {};
}

bool is_hexadecimal(std::string_view cell) {
    return cell.starts_with("0x") || cell.starts_with("0X");
}

std::string_view cause_of_no_position(std::string_view cell) {
    if (const auto cause = cause_of_any(cell); !cause.empty()) return cause;
    if (is_scientific(cell)) {
        return "that is scientific notation, in which R and spreadsheets write large numbers and "
               "lose digits; write whole numbers, with options(scipen = 999) in R";
    }
    if (has_thousands_separators(cell)) return "leave the separators of thousands out";
    if (is_hexadecimal(cell)) return "that is a hexadecimal number";
    if (cell == "." || cell == "?") return "leave the cell empty where the position is not known";
    if (is_date(cell)) return "that is a date, as spreadsheets make of some values";
    if (!is_whole_number(cell)) return {};
    if (cell.starts_with('+')) return "leave the sign out";
    if (cell.starts_with('-')) {
        return "before the first base is where Ensembl begins genes that lie across the origin of "
               "a circular chromosome; they are not supported, since a gene here is one stretch "
               "of bases that are counted from 1; leave them out";
    }
    if (cell.find_first_not_of('0') == std::string_view::npos) {
        return "bases are counted from 1; where a table counts from 0, as BED does, its starts "
               "need 1 more";
    }
    return "no chromosome is that long";
}

std::string_view cause_of_no_strand(std::string_view cell) {
    if (const auto cause = cause_of_any(cell); !cause.empty()) return cause;
    constexpr auto unknown = std::to_array<std::string_view>({"0", ".", "*", "?"});
    if (std::ranges::find(unknown, cell) != unknown.end()) {
        return "leave the cell empty where the strand is not known";
    }
    const auto plain = text::with_plain_dashes(cell);
    if (plain == "-1" || plain == "-") return "its dash is not the hyphen of a keyboard";
    constexpr auto words = std::to_array<std::string_view>(
        {"forward", "reverse", "plus", "minus", "positive", "negative", "f", "r", "fwd", "rev"});
    const auto folded = text::lower_case(cell);
    if (std::ranges::find(words, folded) != words.end()) {
        return "write 1 for the forward strand and -1 for the reverse one";
    }
    return {};
}

std::string why(std::string_view allowed, std::string_view cell, std::string_view cause) {
    return fmt::format("{}, not {}{}{}", allowed, quoted(cell), cause.empty() ? "" : ": ", cause);
}

}  // namespace

std::string why_no_position(std::string_view cell) {
    return why("a position must be a whole number of bp from 1 to 4294967295",
               cell,
               cause_of_no_position(cell));
}

std::string why_no_strand(std::string_view cell) {
    return why("a strand must be 1 or -1, or + or -", cell, cause_of_no_strand(cell));
}

std::string why_start_after_end(const Gene& gene) {
    const auto chromosome =
        gene.chromosome ? fmt::format(", {}", quoted(*gene.chromosome)) : std::string();
    return fmt::format(
        "the start, {}, must not be after the end, {}; if the gene lies across the origin of a "
        "circular chromosome{}, it is not supported, since a gene here is one stretch of bases "
        "from its start up to its end: leave it out; otherwise exchange the two",
        gene.gene_start.value(),
        gene.gene_end.value(),
        chromosome);
}

}  // namespace chr21::mart
