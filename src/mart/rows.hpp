#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::mart {

// One cell as it stands in the export, without the quotes that enclose it.
struct Cell {
    std::string_view text;
    bool has_doubled_quotes = false;  // each "" stands for one quote

    std::string value() const;
};

struct Row {
    std::size_t line = 0;  // where it begins, 1-based
    std::vector<Cell> cells;
};

// Cuts a table into rows of cells, in one pass and without copying: cells point into the text.
//
// A CSV cell is enclosed if it begins with a quote whose partner is followed by a comma or the
// end of the line; inside, "" is one quote and line breaks belong to the value (RFC 4180). Every
// other quote is an ordinary character, because BioMart writes it bare where a cell has no comma.
class RowReader {
public:
    // Skips a byte order mark and line ends at the end. A tab in the first line makes it TSV.
    explicit RowReader(std::string_view text);

    // Reads the next row into `row`; false after the last.
    bool next(Row& row);

private:
    Cell take_cell();
    Cell take_bare_cell();
    bool take_enclosed_cell(Cell& cell);
    bool is_cell_end(std::size_t at) const;

    std::string_view text_;
    char separator_ = ',';
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

}  // namespace chr21::mart
