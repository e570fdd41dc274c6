#pragma once

#include "gene/result.hpp"
#include "mart/header.hpp"
#include "mart/rows.hpp"

namespace chr21::mart {

// Where a row stands in its table.
struct RowPlace {
    bool is_tsv = false;
    bool is_first = false;
    bool is_last = false;
};

// The refusal of a row that has another number of cells than the header: quotes it and, where its
// form tells, says how such a row comes about. Its cells have no blanks at their ends.
Error refuse_width(const Row& row, const Header& header, const RowPlace& place);

}  // namespace chr21::mart
