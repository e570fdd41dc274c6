#include "mart/header.hpp"

#include "gene/fold.hpp"
#include "gene/utf8.hpp"
#include "mart/printable.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace chr21::mart {
namespace {

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

std::optional<Column> find_column(std::string_view name) {
    const auto folded = fold(name);
    const auto* const found = std::ranges::find(column_names, folded, fold);
    if (found == column_names.end()) return {};
    return static_cast<Column>(found - column_names.begin());
}

std::string known_columns() {
    std::string list;
    for (const auto name : column_names) {
        if (!list.empty()) list += ", ";
        list += name;
    }
    return list;
}

// The first characters of a name: a file that is no table can have a first line of any length.
std::string shortened(std::string name) {
    constexpr std::size_t most = 60;
    if (name.size() <= most) return name;
    name.resize(most);
    name.resize(find_invalid_utf8(name).value_or(most));
    return name + "...";
}

std::unexpected<Error> unknown_column(std::string_view name) {
    const auto shown = shortened(to_printable(name));
    return fault(
        shown,
        shown,
        "line 1: unknown column \"" + shown + "\"; the known columns are " + known_columns());
}

}  // namespace

Result<std::vector<Column>> parse_header(const Row& row) {
    std::vector<Column> columns;
    for (const auto& cell : row.cells) {
        const auto text = cell.value();
        const auto name = trimmed(text);
        const auto column = find_column(name);
        if (!column) return unknown_column(name);
        if (std::ranges::find(columns, *column) != columns.end()) {
            return refuse(1, *column, name, "this column is there twice");
        }
        columns.push_back(*column);
    }
    if (std::ranges::find(columns, Column::gene_stable_id) == columns.end()) {
        return refuse(
            1, Column::gene_stable_id, {}, "this column is missing; every export needs it");
    }
    return columns;
}

std::unexpected<Error> refuse(std::size_t line,
                              Column column,
                              std::string_view value,
                              std::string_view message) {
    const std::string name(name_of(column));
    return fault(name,
                 std::string(value),
                 "line " + std::to_string(line) + ", column " + name + ": " + std::string(message));
}

}  // namespace chr21::mart
