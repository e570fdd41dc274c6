#include "mart/bad_text.hpp"

#include "mart/header.hpp"
#include "mart/not_a_table.hpp"
#include "mart/printable.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace chr21::mart {
namespace {

std::string why_no_utf8(std::string_view text) {
    return "the text must be UTF-8, not " + quoted(text) +
           ": it may be Latin-1, as spreadsheets on Windows write it; save it as UTF-8, or write "
           "it anew with iconv -f WINDOWS-1252 -t UTF-8";
}

}  // namespace

std::optional<Error> find_bad_text(const Row& row, std::span<const ReadColumn> columns) {
    for (std::size_t place = 0; place < row.cells.size(); ++place) {
        const auto text = row.cells[place].text;
        const bool is_utf8 = !find_invalid_utf8(text);
        if (is_utf8 && !text.contains('\0')) continue;
        return cell_error(row.line,
                          columns[place].header,
                          text,
                          is_utf8 ? "the text must not hold a NUL byte" : why_no_utf8(text));
    }
    return {};
}

std::optional<Error> find_bad_name(const Row& row, std::span<const ReadColumn> columns) {
    if (auto error = find_bad_text(row, columns)) return error;
    const auto bad = std::ranges::find_if(
        row.cells, [](const Cell& cell) { return holds_odd_control(cell.text); });
    if (bad == row.cells.end()) return {};
    const auto place = static_cast<std::size_t>(bad - row.cells.begin());
    return cell_error(row.line,
                      columns[place].header,
                      bad->text,
                      "the name of a column must not hold control characters");
}

}  // namespace chr21::mart
