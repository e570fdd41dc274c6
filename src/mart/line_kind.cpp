#include "mart/line_kind.hpp"

#include "mart/broken_off.hpp"
#include "mart/cell_form.hpp"
#include "mart/header_names.hpp"
#include "mart/printable.hpp"
#include "text/ascii.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace chr21::mart {
namespace {

bool is_empty(const Cell& cell) { return cell.text.empty(); }

// The cell that tells what a line is: that of the stable ID, or the only one that is not empty.
std::string_view telling_cell(const Row& row, const Header& header) {
    if (row.cells.size() == header.columns.size() && !is_empty(row.cells[header.stable_id])) {
        return row.cells[header.stable_id].text;
    }
    const bool is_alone = std::ranges::all_of(row.cells.begin() + 1, row.cells.end(), is_empty);
    return is_alone ? row.cells.front().text : std::string_view();
}

// Stable IDs have digits and no blanks; what has not is looked at closely.
bool is_odd(std::string_view id) {
    const bool has_blank = id.contains(' ') || id.contains('\t');
    return has_blank || std::ranges::none_of(id, text::is_digit) ||
           std::string_view("<[{#").contains(id.front());
}

bool says_the_same(std::string_view one, std::string_view other) {
    if (text::equal_ignoring_case(one, other)) return true;
    const auto column = find_column(one);
    if (column) return column == find_column(other);
    const auto attribute = find_attribute(one);
    return attribute && attribute == find_attribute(other);
}

bool names_the_id(std::string_view cell) { return find_column(cell) == Column::gene_stable_id; }

bool repeats(const Row& row, const Header& header) {
    return row.cells.size() == header.columns.size() &&
           names_the_id(row.cells[header.stable_id].value()) &&
           std::ranges::equal(row.cells, header.columns, [](const Cell& cell, const auto& column) {
               return says_the_same(cell.value(), column.header);
           });
}

// Names the stable ID, and some column where that would stand.
bool is_other_header(const Row& row, const Header& header) {
    if (row.cells.size() == header.columns.size()) {
        const auto in_its_place = row.cells[header.stable_id].value();
        if (!find_column(in_its_place) && !find_attribute(in_its_place)) return false;
    }
    return std::ranges::any_of(row.cells,
                               [](const Cell& cell) { return names_the_id(cell.value()); });
}

Error refuse_other_header(const Row& row, const Header& header) {
    return {.parameter = "export",
            .value = "",
            .message = "line " + std::to_string(row.line) +
                       ": this is a header of other columns than that on line " +
                       std::to_string(header.line) +
                       ", or of another order; load the tables one by one, or export them with "
                       "the same columns: " +
                       quoted(row.text)};
}

Result<LineKind> kind_of_odd(const Row& row, const Header& header, std::string_view telling) {
    if (text::equal_ignoring_case(telling, "[success]")) return LineKind::completion_stamp;
    if (repeats(row, header)) return LineKind::repeated_header;
    if (is_other_header(row, header)) return std::unexpected(refuse_other_header(row, header));
    if (is_missing_value(telling) || is_formula_error(telling)) return LineKind::row;
    const bool begins_with_the_id =
        header.stable_id == 0 || row.cells.size() != header.columns.size();
    const auto line = begins_with_the_id ? text::trimmed(row.text) : std::string_view();
    if (line.starts_with('#')) return LineKind::comment;
    if (is_failure_message(telling) || is_failure_message(line)) {
        return std::unexpected(refuse_broken_off(row.line, row.text));
    }
    return LineKind::row;
}

}  // namespace

Result<LineKind> kind_of(const Row& row, const Header& header) {
    const bool is_whole = row.cells.size() == header.columns.size();
    if (is_whole) {
        const auto id = row.cells[header.stable_id].text;
        if (!id.empty() && !is_odd(id)) return LineKind::row;
    }
    if (std::ranges::all_of(row.cells, is_empty)) return LineKind::blank;
    return kind_of_odd(row, header, telling_cell(row, header));
}

}  // namespace chr21::mart
