#pragma once

#include "mart/header.hpp"
#include "mart/line_numbers.hpp"
#include "mart/rows.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chr21::mart {

// Takes the blanks and invisible characters off the ends of a row's cells, and counts the cells
// that had some; counts the strands that are not written 1 or -1.
class Interpreted {
public:
    explicit Interpreted(const Header& header);

    void trim(Row& row);
    // Of a trimmed row that has a cell for each column.
    void note_strand(const Row& row);

    // What was done, in sentences.
    std::vector<std::string> notes() const;

private:
    std::vector<std::size_t> strands_;  // places of their cells
    LineNumbers trimmed_;
    LineNumbers signs_;
};

}  // namespace chr21::mart
