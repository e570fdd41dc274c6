#pragma once

#include <cstddef>
#include <string_view>

namespace chr21::mart {

// Where the table lies in the text of an export.
struct Frame {
    std::string_view table;      // from the header line on
    std::size_t first_line = 1;  // of the table, in the file
    bool has_last_line_end = true;
};

// Leaves out what stands before the header: empty lines, lines that begin with "#", and "sep=,",
// with which Excel is told how cells are separated.
Frame find_frame(std::string_view text);

// Whether the first line ends in a carriage return alone, as old Macs and some exports of Excel
// have it: no line feed follows, and something else does.
bool has_lone_carriage_return(std::string_view text);

}  // namespace chr21::mart
