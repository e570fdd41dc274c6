#include "mart/header.hpp"

#include "mart/printable.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace chr21::mart {
namespace {

// What the API has for something else: two fields that it works out, and fields=all.
constexpr std::array<std::string_view, 3> names_of_the_api = {"length", "band", "all"};

bool is_row_number(std::string_view header, std::size_t place) {
    return place == 0 && (header.empty() || header == "Unnamed: 0");
}

std::string usable(const std::string& name) {
    if (name.empty()) return "column";
    const bool is_taken = std::ranges::find(names_of_the_api, name) != names_of_the_api.end();
    return is_taken ? "mart_" + name : name;
}

// Goes over the names of a header, of which there can be thousands.
class HeaderReader {
public:
    explicit HeaderReader(std::size_t line) : header_{.line = line} {}

    void read(std::string name) {
        const auto place = header_.columns.size();
        header_.columns.push_back({.header = std::move(name)});
        auto& column = header_.columns.back();
        if (is_row_number(column.header, place)) {
            column.use = ColumnUse::dropped;
        } else if (const auto kind = find_column(column.header)) {
            add_gene_column(column, *kind, place);
        } else {
            add_attribute(column, place);
        }
    }

    Header take() && { return std::move(header_); }

private:
    void add_gene_column(ReadColumn& read, Column column, std::size_t place);
    void add_attribute(ReadColumn& read, std::size_t place);
    // With a number at its end where an attribute of another header has the name already.
    std::string numbered(const std::string& name);

    Header header_;
    std::map<std::string, std::size_t> by_meaning_;  // which attribute it is
    std::set<std::string> names_;
    std::map<std::string, int> latest_number_;
};

void HeaderReader::add_gene_column(ReadColumn& read, Column column, std::size_t place) {
    read.name = name_of(column);
    const auto known = std::ranges::find(header_.gene_cells, column, &GeneCell::column);
    if (known != header_.gene_cells.end()) {
        read.use = ColumnUse::repeated;
        known->again.push_back(place);
        return;
    }
    read.use = ColumnUse::gene_column;
    header_.gene_cells.push_back({.column = column, .place = place, .again = {}});
    if (column == Column::gene_stable_id) header_.stable_id = place;
}

void HeaderReader::add_attribute(ReadColumn& read, std::size_t place) {
    const auto known = find_attribute(read.header);
    read.use = known ? ColumnUse::recognised : ColumnUse::unrecognised;
    const auto meaning = known ? "attribute " + std::string(*known) : "header " + read.header;
    const auto [earlier, is_new] = by_meaning_.try_emplace(meaning, header_.attributes.size());
    if (!is_new && !read.header.empty()) {
        read.use = ColumnUse::repeated;
        read.name = header_.attributes[earlier->second].name;
        header_.attributes[earlier->second].further_headers.push_back(read.header);
        header_.attribute_cells[earlier->second].push_back(place);
        return;
    }
    read.name = numbered(usable(known ? std::string(*known) : slug(read.header)));
    header_.attributes.push_back({.name = read.name, .header = read.header});
    header_.attribute_cells.push_back({place});
}

std::string HeaderReader::numbered(const std::string& name) {
    auto free = name;
    auto& number = latest_number_.try_emplace(name, 1).first->second;
    while (!names_.insert(free).second) free = name + "_" + std::to_string(++number);
    return free;
}

}  // namespace

Result<Header> parse_header(const Row& row) {
    HeaderReader reader(row.line);
    for (const auto& cell : row.cells) reader.read(std::string(text::trimmed(cell.value())));
    auto header = std::move(reader).take();
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
