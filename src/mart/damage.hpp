#pragma once

#include "mart/header.hpp"
#include "mart/line_numbers.hpp"
#include "mart/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::mart {

// What spreadsheets, data frames and databases did to cells that are read all the same.
enum class DamageKind : std::uint8_t {
    enclosed,        // quotes round a cell of a TSV
    missing_value,   // NA, NaN, NULL, \N, -
    formula_error,   // #NAME?
    guarded,         // ="1-Mar", 'SEPT2
    date,            // a name that is one
    serial_date,     // a name that is the number of a day
    scientific,      // a name or an ID that became a number
    whole_float,     // an ID that became one
    blank_in_an_id,  // a stable ID with a blank inside
};

// What a column holds, which decides what is damage: "2.0" is an ID that was spoilt, or a number.
struct Contents {
    bool is_gene_column = false;
    bool is_passed_over = false;  // positions and strands, which are refused where they cannot be
                                  // used, and row numbers
    bool is_stable_id = false;
    bool is_id = false;
    bool is_name = false;
};

// Looks for damage in each row, and changes nothing: NA may be a symbol.
class Damage {
public:
    Damage(const Header& header, bool is_tsv);

    // The row's cells have no blanks at their ends.
    void look(const Row& row);

    // A sentence for each kind and column in which it occurred: how many cells, one of them, on
    // which lines, and the remedy. In the order of the columns.
    std::vector<std::string> warnings() const;

private:
    struct Found {
        std::string example;
        LineNumbers lines;
    };
    struct Names {
        std::uint64_t values = 0;
        std::uint64_t numbers = 0;
    };
    using Place = std::size_t;

    std::optional<DamageKind> kind_of(std::string_view text, Place place) const;
    bool is_told(DamageKind kind, Place place) const;
    std::string warning(DamageKind kind, Place place, const Found& found) const;

    std::vector<std::string> headers_;
    std::vector<Contents> contents_;
    bool is_tsv_;
    std::vector<Names> names_;  // of each column, counted where it holds names
    std::map<std::pair<Place, DamageKind>, Found> found_;
};

}  // namespace chr21::mart
