#include "mart/header.hpp"

#include "gene/utf8.hpp"
#include "mart/printable.hpp"

#include <algorithm>
#include <array>

namespace chr21::mart {
namespace {

// Fields of the API that are worked out from a gene.
constexpr std::array<std::string_view, 2> names_of_the_api = {"length", "band"};

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool is_row_number(std::string_view header, std::size_t place) {
    return place == 0 && (header.empty() || header == "Unnamed: 0");
}

std::string usable(std::string name) {
    if (name.empty()) return "column";
    const bool is_taken = std::ranges::find(names_of_the_api, name) != names_of_the_api.end();
    return is_taken ? "mart_" + name : name;
}

// With a number at its end where an attribute of another header has the name already.
std::string numbered(const std::string& name, const std::vector<AttributeColumn>& taken) {
    auto free = name;
    for (int number = 2; std::ranges::find(taken, free, &AttributeColumn::name) != taken.end();
         ++number) {
        free = name + "_" + std::to_string(number);
    }
    return free;
}

void add_gene_column(Header& header, Column column, std::size_t place) {
    auto& read = header.columns.back();
    read.name = name_of(column);
    const auto known = std::ranges::find(header.gene_cells, column, &GeneCell::column);
    if (known != header.gene_cells.end()) {
        read.use = ColumnUse::repeated;
        known->again.push_back(place);
        return;
    }
    read.use = ColumnUse::gene_column;
    header.gene_cells.push_back({.column = column, .place = place, .again = {}});
    if (column == Column::gene_stable_id) header.stable_id = place;
}

void add_attribute(Header& header, std::size_t place) {
    auto& read = header.columns.back();
    const auto known = find_attribute(read.header);
    read.use = known ? ColumnUse::recognised : ColumnUse::unrecognised;
    read.name = usable(known ? std::string(*known) : slug(read.header));
    const auto earlier = std::ranges::find_if(header.attributes, [&](const auto& attribute) {
        return known ? find_attribute(attribute.header) == known : attribute.header == read.header;
    });
    if (earlier != header.attributes.end() && !read.header.empty()) {
        read.use = ColumnUse::repeated;
        read.name = earlier->name;
        const auto which = static_cast<std::size_t>(earlier - header.attributes.begin());
        header.attribute_cells[which].push_back(place);
        return;
    }
    read.name = numbered(read.name, header.attributes);
    header.attributes.push_back({.name = read.name, .header = read.header});
    header.attribute_cells.push_back({place});
}

}  // namespace

Result<Header> parse_header(const Row& row) {
    Header header{.line = row.line};
    for (std::size_t place = 0; place < row.cells.size(); ++place) {
        const auto value = row.cells[place].value();
        header.columns.push_back({.header = std::string(trimmed(value))});
        auto& read = header.columns.back();
        if (is_row_number(read.header, place)) {
            read.use = ColumnUse::dropped;
        } else if (const auto column = find_column(read.header)) {
            add_gene_column(header, *column, place);
        } else {
            add_attribute(header, place);
        }
    }
    if (std::ranges::find(header.gene_cells, Column::gene_stable_id, &GeneCell::column) ==
        header.gene_cells.end()) {
        return std::unexpected(cell_error(row.line,
                                          header_of(Column::gene_stable_id),
                                          {},
                                          "this column is missing; every export needs it"));
    }
    return header;
}

Error cell_error(std::size_t line,
                 std::string_view header,
                 std::string_view value,
                 std::string_view message) {
    const auto name = to_printable(header);
    return {.parameter = name,
            .value = to_printable(value),
            .message =
                "line " + std::to_string(line) + ", column " + name + ": " + std::string(message)};
}

}  // namespace chr21::mart
