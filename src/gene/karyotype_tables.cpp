#include "gene/karyotype.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <utility>

namespace chr21 {
namespace {

using Lengths = std::map<std::string, Position, std::less<>>;

// One table: its name for errors and its columns, parted by tabs.
struct Table {
    std::string_view name;
    std::span<const std::string_view> columns;
};

constexpr std::array<std::string_view, 2> length_columns = {"chromosome", "length"};
constexpr std::array<std::string_view, 5> band_columns = {
    "chromosome", "band", "start", "end", "stain"};
constexpr Table lengths_table_form = {.name = "chromosome lengths", .columns = length_columns};
constexpr Table bands_table_form = {.name = "bands", .columns = band_columns};

std::unexpected<Error> refuse(const Table& table,
                              std::size_t line,
                              std::string_view value,
                              std::string_view message) {
    return fault(std::string(table.name),
                 std::string(value),
                 "line " + std::to_string(line) + ": " + std::string(message));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string header_of(const Table& table) {
    std::string header;
    for (const auto column : table.columns) {
        if (!header.empty()) header += '\t';
        header += column;
    }
    return header;
}

// The cells of every line after the header; the line of row i is i + 2.
Result<std::vector<std::vector<std::string_view>>> read_rows(const Table& table,
                                                             std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    const auto lines = split(text, '\n');
    if (lines.front() != header_of(table)) {
        return refuse(table, 1, lines.front(), "the header must be " + header_of(table));
    }
    std::vector<std::vector<std::string_view>> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        rows.push_back(split(lines[i], '\t'));
        if (rows.back().size() != table.columns.size()) {
            return refuse(
                table,
                i + 1,
                lines[i],
                "expected " + std::to_string(table.columns.size()) + " cells parted by tabs");
        }
    }
    return rows;
}

Result<Lengths> parse_lengths(std::string_view text) {
    const auto rows = read_rows(lengths_table_form, text);
    if (!rows) return std::unexpected(rows.error());
    Lengths lengths;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const auto& row = (*rows)[i];
        const auto length = to_position(row[1]);
        if (row[0].empty())
            return refuse(lengths_table_form, i + 2, row[0], "chromosome is missing");
        if (!length) {
            return refuse(
                lengths_table_form, i + 2, row[1], "length must be a whole number of bp from 1 on");
        }
        if (!lengths.emplace(row[0], *length).second) {
            return refuse(lengths_table_form, i + 2, row[0], "chromosome is there twice");
        }
    }
    return lengths;
}

// What is wrong with a band after `previous`, the one above it in the table; empty when nothing.
std::string_view complaint(const Band& band, const Band* previous, const Lengths& lengths) {
    if (band.name.empty()) return "band is missing";
    if (band.start == 0 || band.end == 0) return "start and end must be whole numbers from 1 on";
    if (band.start > band.end) return "start is after the end";
    const auto length = lengths.find(band.chromosome);
    if (length == lengths.end()) return "chromosome has no length";
    if (band.end > length->second) return "end is after the end of the chromosome";
    if (previous != nullptr && previous->chromosome == band.chromosome &&
        previous->end >= band.start) {
        return "bands must be in order and must not overlap";
    }
    return {};
}

Result<std::vector<Band>> parse_bands(std::string_view text, const Lengths& lengths) {
    const auto rows = read_rows(bands_table_form, text);
    if (!rows) return std::unexpected(rows.error());
    std::vector<Band> bands;
    for (const auto& row : *rows) {
        Band band{.chromosome = std::string(row[0]),
                  .name = std::string(row[1]),
                  .start = to_position(row[2]).value_or(0),
                  .end = to_position(row[3]).value_or(0),
                  .stain = std::string(row[4])};
        const auto* const previous = bands.empty() ? nullptr : &bands.back();
        if (const auto wrong = complaint(band, previous, lengths); !wrong.empty()) {
            return refuse(bands_table_form, bands.size() + 2, row[0], wrong);
        }
        bands.push_back(std::move(band));
    }
    return bands;
}

}  // namespace

Result<Karyotype> Karyotype::parse(std::string_view lengths_table, std::string_view bands_table) {
    auto lengths = parse_lengths(lengths_table);
    if (!lengths) return std::unexpected(std::move(lengths.error()));
    auto bands = parse_bands(bands_table, *lengths);
    if (!bands) return std::unexpected(std::move(bands.error()));
    return Karyotype(std::move(*lengths), std::move(*bands));
}

}  // namespace chr21
