#include "mart/row_width.hpp"

#include "mart/cell_form.hpp"
#include "mart/header_names.hpp"
#include "mart/line_numbers.hpp"
#include "mart/printable.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace chr21::mart {
namespace {

// write.table of R writes a name for each row and none for their column.
bool has_row_names(const Row& row, const Header& header) {
    const auto& cells = row.cells;
    const auto first = cells.front().value();
    const bool is_number =
        is_digits(is_enclosed(first) ? first.substr(1, first.size() - 2) : first);
    return is_number || first == cells[header.stable_id + 1].value();
}

bool is_joined(const Row& row, const Header& header) {
    return row.cells.size() + 1 == 2 * header.columns.size() &&
           row.cells[header.columns.size() - 1].text.ends_with(header.columns.front().header);
}

std::string_view cause_of_more(const Row& row, const Header& header, const RowPlace& place) {
    if (is_joined(row, header)) {
        return "two files seem to be joined here without a line end between them";
    }
    const bool is_one_more = row.cells.size() == header.columns.size() + 1;
    if (is_one_more && row.cells.back().text.empty()) {
        return "the row ends with a separator that the header does not have; take it away, or give "
               "the last column a name";
    }
    if (is_one_more && place.is_first && has_row_names(row, header)) {
        return "the header is one name shorter than its rows, as R's write.table writes row "
               "names; write it with row.names = FALSE";
    }
    return place.is_tsv ? "a value seems to have a tab in it"
                        : "a value seems to have a comma in it and is not enclosed in quotes";
}

std::string_view cause_of_less(const Row& row, const Header& header, const RowPlace& place) {
    const bool is_one_less = row.cells.size() + 1 == header.columns.size();
    if (is_one_less && header.columns.back().header.empty()) {
        return "the header ends with a separator that its rows do not have; take it away";
    }
    if (place.is_last) return "this is the last row: the file seems to be cut off";
    return "a line break seems to stand in a value, here or on the line before";
}

}  // namespace

Error refuse_width(const Row& row, const Header& header, const RowPlace& place) {
    const auto found = row.cells.size();
    const auto wanted = header.columns.size();
    const auto cause =
        found < wanted ? cause_of_less(row, header, place) : cause_of_more(row, header, place);
    return cell_error(row.line,
                      header.columns[std::min(found, wanted - 1)].header,
                      {},
                      fmt::format("the header names {}, but this row has {}, {}; {}",
                                  counted(wanted, "column"),
                                  counted(found, "cell"),
                                  quoted(row.text),
                                  cause));
}

}  // namespace chr21::mart
