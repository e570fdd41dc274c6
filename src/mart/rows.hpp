#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::mart {

// How quotes are spelled inside a cell.
enum class Quotes : std::uint8_t {
    bare,         // as they are
    doubled,      // "" is one quote (RFC 4180)
    spelled_out,  // $FIELD_ENCLOSER is one quote (BioMart)
};

// One cell as it stands in the export, without the quotes that enclose it.
struct Cell {
    std::string_view text;
    Quotes quotes = Quotes::bare;

    std::string value() const;
    // The value, which may lie in `scratch`.
    std::string_view value(std::string& scratch) const;
};

struct Row {
    std::size_t line = 0;   // where it begins, 1-based
    std::string_view text;  // as it stands in the export, without its line end
    std::vector<Cell> cells;
};

// Cuts a table into rows of cells, in one pass and without copying: cells point into the text.
// A tab in the first line makes it TSV, which is never quoted; else it is CSV, of which each cell
// that begins with a quote is read in the first of these ways that fits:
//
// 1. RFC 4180: the partner of the quote, the next one that is not doubled, is followed by a comma
//    or the end of the line. Inside, "" is one quote and line breaks belong to the value.
//    $FIELD_ENCLOSER is one quote where the cell holds a comma and no "", since only BioMart
//    writes that; a header line with an enclosed cell rules BioMart out.
// 2. BioMart, which encloses for commas alone and leaves quotes inside as they are: up to the first
//    quote on the line that is followed by a comma or the end of the line, such that there is a
//    comma inside. If this makes a row of another width than the header's and the third way does
//    not, the third way is taken.
// 3. Not enclosed: the quote belongs to the value.
class RowReader {
public:
    // `text` begins with the header line, which is line `first_line` of the file. Line ends at the
    // end make no rows.
    RowReader(std::string_view text, std::size_t first_line);

    // Reads the next row into `row`; false after the last. A line with nothing on it is a row of
    // one empty cell.
    bool next(Row& row);

    bool is_tsv() const { return separator_ == '\t'; }
    bool at_end() const { return at_ >= text_.size(); }
    std::size_t bytes_read() const { return at_; }

private:
    void split_line(std::string_view line, std::vector<Cell>& cells) const;
    void take_quoted_row(std::vector<Cell>& cells);
    Cell take_cell();
    Cell take_bare_cell();
    bool take_enclosed_cell(Cell& cell);
    bool take_biomart_cell(Cell& cell);
    bool is_cell_end(std::size_t at) const;
    bool spells_quotes_out(const Cell& cell) const;

    std::string_view text_;
    char separator_ = ',';
    std::size_t at_ = 0;
    std::size_t line_;
    std::size_t width_ = 0;  // of the header; 0 until it is read
    bool header_is_enclosed_ = false;
    bool biomart_cells_ = true;              // whether the second way may be taken
    bool took_biomart_cell_ = false;         // in this row
    std::size_t no_biomart_cell_until_ = 0;  // a search from before there has failed
};

}  // namespace chr21::mart
