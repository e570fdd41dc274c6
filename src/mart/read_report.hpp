#pragma once

#include "mart/line_numbers.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::mart {

// Why a row made no gene.
enum class SkipReason : std::uint8_t {
    no_stable_id,     // the cell of the stable ID is empty, or says NA and the like
    blank_line,       // nothing in any cell
    repeated_header,  // says what the header says, as where exports were put after each other
    comment           // begins with "#"
};

std::string_view name_of(SkipReason reason);

struct SkippedRows {
    SkipReason reason;
    LineNumbers lines = {};

    friend bool operator==(const SkippedRows&, const SkippedRows&) = default;
};

enum class ColumnUse : std::uint8_t {
    gene_column,   // one of the eight columns that make a gene
    recognised,    // kept as the attribute that BioMart has under this header
    unrecognised,  // kept as an attribute whose name is a slug of the header
    repeated,      // says the same as an earlier gene column, or adds to an earlier attribute
    dropped        // an unnamed first column: row numbers
};

std::string_view name_of(ColumnUse use);

// What became of a column of the export.
struct ReadColumn {
    std::string header;  // as the export has it
    std::string name;    // the member of Gene or the attribute; empty where dropped
    ColumnUse use = ColumnUse::unrecognised;

    friend bool operator==(const ReadColumn&, const ReadColumn&) = default;
};

// What was read, and what could not be used. Each row made a gene, was merged into one, or was
// skipped.
struct ReadReport {
    std::string format;  // "CSV" or "TSV"
    std::uint64_t rows = 0;
    std::uint64_t genes = 0;
    std::uint64_t merged = 0;
    std::vector<SkippedRows> skipped = {};  // of each reason that occurred
    std::vector<ReadColumn> columns = {};   // in the order of the export
    std::vector<std::string> warnings = {};
    // What was read as it was meant and is no fault: blanks round cells, strands that are + or -,
    // a last line without its end.
    std::vector<std::string> notes = {};
    bool has_completion_stamp = false;  // BioMart's [success], on a line of its own

    friend bool operator==(const ReadReport&, const ReadReport&) = default;
};

// Some lines for a person, each ended by a line feed.
std::string to_text(const ReadReport& report);

// One JSON object on one line: format, rows, genes, merged, skipped, columns, warnings,
// notes, completion_stamp.
std::string to_json(const ReadReport& report);

}  // namespace chr21::mart
