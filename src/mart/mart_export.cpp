#include "mart/mart_export.hpp"

#include "mart/header.hpp"
#include "mart/merged_genes.hpp"
#include "mart/not_a_table.hpp"
#include "mart/printable.hpp"
#include "mart/rows.hpp"
#include "mart/species.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace chr21::mart {
namespace {

// The lines around the table.
struct Frame {
    std::string_view table;      // from the header line on
    std::size_t first_line = 1;  // of the table, in the file
    bool has_completion_stamp = false;
};

Frame find_frame(std::string_view text) {
    Frame frame{.table = text};
    const auto is_no_header = [](std::string_view rest) {
        return rest.starts_with('#') || rest.starts_with('\n') || rest.starts_with("\r\n");
    };
    while (is_no_header(frame.table)) {
        const auto line_end = std::min(frame.table.find('\n'), frame.table.size() - 1);
        frame.table.remove_prefix(line_end + 1);
        ++frame.first_line;
    }
    auto end = frame.table;
    while (end.ends_with('\n') || end.ends_with('\r')) end.remove_suffix(1);
    constexpr std::string_view stamp = "\n[success]";
    frame.has_completion_stamp = end.ends_with(stamp);
    if (frame.has_completion_stamp) frame.table = end.substr(0, end.size() - stamp.size());
    return frame;
}

std::string counted(std::uint64_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

std::optional<Error> find_bad_text(const Row& row, std::span<const ReadColumn> columns) {
    for (std::size_t place = 0; place < row.cells.size(); ++place) {
        const auto text = row.cells[place].text;
        const bool is_utf8 = !find_invalid_utf8(text);
        if (is_utf8 && !text.contains('\0')) continue;
        return cell_error(row.line,
                          columns[place].header,
                          text,
                          is_utf8 ? "the text must not hold a NUL byte" : "the text must be UTF-8");
    }
    return {};
}

std::optional<Error> find_bad_name(const Row& row, std::span<const ReadColumn> columns) {
    if (auto error = find_bad_text(row, columns)) return error;
    const auto bad = std::ranges::find_if(
        row.cells, [](const Cell& cell) { return holds_odd_control(cell.text); });
    if (bad == row.cells.end()) return {};
    const auto place = static_cast<std::size_t>(bad - row.cells.begin());
    return cell_error(row.line,
                      columns[place].header,
                      bad->text,
                      "the name of a column must not hold control characters");
}

// Reads one table, once.
class Reading {
public:
    Reading(const Frame& frame, Header header, RowReader rows, const ReadOptions& options)
        : frame_(frame),
          is_sound_(!find_invalid_utf8(frame.table) && !frame.table.contains('\0')),
          header_(std::move(header)),
          rows_(rows),
          options_(options),
          genes_(header_, expected_rows(frame.table)) {}

    Result<MartExport> read();

private:
    // From the length of the first rows.
    static std::size_t expected_rows(std::string_view table);
    std::optional<Error> add(const Row& row);
    std::optional<Error> find_fault(const Row& row) const;
    Error refuse_width(const Row& row) const;
    bool skip(const Row& row);
    void skip(SkipReason reason, std::size_t line);
    void tell_progress() const;
    MartExport finish();
    std::vector<std::string> warnings() const;
    // The header of the symbols in an export without gene names; empty otherwise.
    std::string lone_symbols() const;
    bool has(Column column) const {
        return std::ranges::find(header_.gene_cells, column, &GeneCell::column) !=
               header_.gene_cells.end();
    }

    Frame frame_;
    bool is_sound_;  // all of it is UTF-8 without NUL bytes
    Header header_;
    RowReader rows_;
    const ReadOptions& options_;
    MergedGenes genes_;
    ReadReport report_;
};

std::size_t Reading::expected_rows(std::string_view table) {
    constexpr std::size_t sample_bytes = 65536;
    const auto sample = table.substr(0, sample_bytes);
    const auto lines = static_cast<std::size_t>(std::ranges::count(sample, '\n')) + 1;
    return table.size() / (sample.size() / lines + 1) + 1;
}

Result<MartExport> Reading::read() {
    constexpr std::uint64_t rows_between_calls = 8192;
    Row row;
    while (rows_.next(row)) {
        if (++report_.rows % rows_between_calls == 0) tell_progress();
        if (auto error = add(row)) return std::unexpected(*std::move(error));
    }
    tell_progress();
    return finish();
}

std::optional<Error> Reading::add(const Row& row) {
    if (row.cells.size() == 1 && row.cells.front().text.empty()) {
        skip(SkipReason::blank_line, row.line);
        return {};
    }
    if (auto error = find_fault(row)) return error;
    if (row.cells[header_.stable_id].text.empty()) {
        skip(SkipReason::no_stable_id, row.line);
        return {};
    }
    return genes_.add(row);
}

std::optional<Error> Reading::find_fault(const Row& row) const {
    if (row.cells.size() != header_.columns.size()) return refuse_width(row);
    return is_sound_ ? std::nullopt : find_bad_text(row, header_.columns);
}

Error Reading::refuse_width(const Row& row) const {
    const auto found = row.cells.size();
    const auto wanted = header_.columns.size();
    if (const auto error = find_biomart_error(row.cells.front().text); !error.empty()) {
        return {.parameter = "export",
                .value = "",
                .message = "line " + std::to_string(row.line) +
                           ": BioMart broke off with an error, so export it again: \"" +
                           to_printable(error) + "\""};
    }
    const bool is_cut_off = found < wanted && rows_.at_end();
    return cell_error(row.line,
                      header_.columns[std::min(found, wanted - 1)].header,
                      {},
                      "the header names " + counted(wanted, "column") + ", but this row has " +
                          counted(found, "cell") +
                          (is_cut_off ? " and is the last: the file seems to be cut off" : ""));
}

void Reading::skip(SkipReason reason, std::size_t line) {
    constexpr std::size_t most_lines = 5;
    auto known = std::ranges::find(report_.skipped, reason, &SkippedRows::reason);
    if (known == report_.skipped.end()) {
        known = report_.skipped.insert(known, SkippedRows{.reason = reason});
    }
    ++known->rows;
    if (known->first_lines.size() < most_lines) known->first_lines.push_back(line);
}

void Reading::tell_progress() const {
    if (!options_.progress) return;
    options_.progress({.bytes_read = rows_.at_end() ? frame_.table.size() : rows_.bytes_read(),
                       .bytes_total = frame_.table.size(),
                       .rows = report_.rows});
}

MartExport Reading::finish() {
    std::uint64_t skipped = 0;
    for (const auto& rows : report_.skipped) skipped += rows.rows;
    report_.format = rows_.is_tsv() ? "TSV" : "CSV";
    report_.genes = genes_.size();
    report_.merged = report_.rows - report_.genes - skipped;
    report_.warnings = warnings();
    report_.columns = std::move(header_.columns);
    report_.has_completion_stamp = frame_.has_completion_stamp;
    MartExport made{.genes = std::move(genes_).take(),
                    .attributes = std::move(header_.attributes),
                    .species = {},
                    .report = std::move(report_)};
    made.species = species_of(made.genes);
    return made;
}

std::string Reading::lone_symbols() const {
    if (has(Column::gene_name)) return {};
    const auto symbols = std::ranges::find_if(header_.attributes, [](const auto& attribute) {
        return attribute.name == "hgnc_symbol" || attribute.name == "mgi_symbol";
    });
    return symbols == header_.attributes.end() ? "" : symbols->header;
}

std::vector<std::string> Reading::warnings() const {
    std::vector<std::string> said;
    if (frame_.first_line > 1) {
        said.push_back(counted(frame_.first_line - 1, "line") + " before the header skipped");
    }
    for (const auto& column : header_.columns) {
        if (column.use == ColumnUse::dropped) {
            said.emplace_back("the first column has no name and is dropped: row numbers");
        }
    }
    if (const auto symbols = lone_symbols(); !symbols.empty()) {
        said.push_back("there is no Gene name column, so genes have no names; " + symbols +
                       " is kept as an attribute");
    }
    if (!has(Column::chromosome) || !has(Column::gene_start) || !has(Column::gene_end)) {
        said.emplace_back("chromosome, start or end is missing, so genes match no region");
    }
    if (report_.rows == 0) said.emplace_back("there are no rows below the header");
    for (const auto& rows : report_.skipped) {
        const bool is_blank = rows.reason == SkipReason::blank_line;
        said.push_back(counted(rows.rows, is_blank ? "blank line" : "row") +
                       (is_blank ? "" : " without a gene stable ID") +
                       " skipped, the first on line " + std::to_string(rows.first_lines.front()));
    }
    return said;
}

}  // namespace

Result<MartExport> read_export(std::string_view text, const ReadOptions& options) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (auto error = find_other_format(text)) return std::unexpected(*std::move(error));
    const auto frame = find_frame(text);
    RowReader rows(frame.table, frame.first_line);
    Row first;
    if (!rows.next(first)) return std::unexpected(find_other_format("").value());
    auto header = parse_header(first);
    const bool is_quoted_tsv = header && first.cells[header->stable_id].text.starts_with('"');
    if (!header || is_quoted_tsv) return std::unexpected(explain_header(first, text));
    if (auto error = find_bad_name(first, header->columns))
        return std::unexpected(*std::move(error));
    return Reading(frame, *std::move(header), rows, options).read();
}

}  // namespace chr21::mart
