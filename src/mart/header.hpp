#pragma once

#include "gene/dataset.hpp"
#include "gene/result.hpp"
#include "mart/header_names.hpp"
#include "mart/read_report.hpp"
#include "mart/rows.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::mart {

// Where a gene column stands.
struct GeneCell {
    Column column;
    std::size_t place;               // of the cell in its row, from 0
    std::vector<std::size_t> again;  // further columns that say the same
};

// What the cells of a row are.
struct Header {
    std::size_t line = 1;
    std::vector<ReadColumn> columns;  // one for each cell
    std::vector<GeneCell> gene_cells;
    std::size_t stable_id = 0;                              // place of its cell
    std::vector<AttributeColumn> attributes;                // in the order of the export
    std::vector<std::vector<std::size_t>> attribute_cells;  // of each attribute, their places
};

// Makes sense of the first row. Each column is
// - a gene column, by any of the names that find_column() knows. A second of the same kind is held
//   to say the same as the first;
// - an attribute, under the name that find_attribute() knows or a slug of its header. A second of
//   the same attribute or header adds to the first. A name that the API has for something else
//   ("length", "band", "all") begins with "mart_", a slug that another header has already ends in
//   "_2" and so on, and one without a letter or digit is "column";
// - dropped, if it is the first and has no name, or the one that pandas gives such a column.
// Refuses a header without the gene stable ID: the caller says what the file may be.
Result<Header> parse_header(const Row& row);

// An error about one cell, whose message begins with its place: "line 7, column Strand: ...".
Error cell_error(std::size_t line,
                 std::string_view header,
                 std::string_view value,
                 std::string_view message);

}  // namespace chr21::mart
