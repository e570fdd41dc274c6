#pragma once

#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "gene/result.hpp"
#include "mart/read_report.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::mart {

// How far a reading is, for a progress bar.
struct Progress {
    std::uint64_t bytes_read = 0;
    std::uint64_t bytes_total = 0;
    std::uint64_t rows = 0;
};

struct ReadOptions {
    // Called every few thousand rows, and once at the end, from the thread that reads.
    std::function<void(const Progress&)> progress = {};
};

struct MartExport {
    std::vector<Gene> genes;                  // in the order of their first rows
    std::vector<AttributeColumn> attributes;  // in the order of the columns
    std::optional<std::string> species;       // where every stable ID proves it
    ReadReport report;
};

// Reads a BioMart export, which is not compressed (see read_input). docs/loading.md says what is
// read and how; in short: CSV or TSV by content, LF or CRLF, a byte order mark or not, comment
// lines before the header, columns in any order under the names of any Ensembl release. The only
// column that must be there is the gene stable ID. Blanks and invisible characters at the ends of a
// cell are no part of its value; an empty cell is an absent value. Rows of one gene merge: the
// eight gene columns must agree, the others become attributes, which are sets of values.
//
// Skips rows without a stable ID, empty lines, comments and headers that come again, and says so in
// the report; warns there of what spreadsheets and data frames did to cells. Refuses the whole
// export for
// - a cell that cannot be used, naming line (1-based), column and value: a position that is not a
//   whole number of bp from 1 on, a start after its end, a strand other than 1, -1, + or -, bytes
//   that are not UTF-8, a NUL byte, too few or too many cells, a gene column that says two things
//   of one gene;
// - a line that says that the export failed, an error of BioMart or the page of a server: the
//   error's parameter is "export" and the message quotes the line;
// - being no gene table: likewise about "export", and the message says what it seems to be and how
//   to make the right one.
Result<MartExport> read_export(std::string_view text, const ReadOptions& options = {});

}  // namespace chr21::mart
