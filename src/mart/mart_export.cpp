#include "mart/mart_export.hpp"

#include "mart/bad_text.hpp"
#include "mart/broken_off.hpp"
#include "mart/cell_form.hpp"
#include "mart/damage.hpp"
#include "mart/frame.hpp"
#include "mart/header.hpp"
#include "mart/header_warnings.hpp"
#include "mart/interpreted.hpp"
#include "mart/last_line.hpp"
#include "mart/line_kind.hpp"
#include "mart/line_numbers.hpp"
#include "mart/merged_genes.hpp"
#include "mart/no_header.hpp"
#include "mart/not_a_table.hpp"
#include "mart/printable.hpp"
#include "mart/row_width.hpp"
#include "mart/rows.hpp"
#include "mart/species.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

namespace chr21::mart {
namespace {

std::string warning_of(SkipReason reason, const LineNumbers& lines) {
    const auto of = [&](std::string_view what, std::string_view more) {
        return counted(lines.count, what).append(more) + " skipped, the first on line " +
               std::to_string(lines.first.front());
    };
    switch (reason) {
        case SkipReason::no_stable_id:
            return of("row", " without a gene stable ID");
        case SkipReason::blank_line:
            return of("blank line", "");
        case SkipReason::repeated_header:
            return of("repeated header line", "");
        case SkipReason::comment:
            return of("comment line", " below the header");
    }
    return {};
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
          damage_(header_, rows.is_tsv()),
          interpreted_(header_),
          genes_(header_, expected_rows(frame.table)) {}

    Result<MartExport> read();

private:
    // From the length of the first rows.
    static std::size_t expected_rows(std::string_view table);
    // What a line says, whatever it is.
    std::optional<Error> take(Row& row);
    // A row of a gene.
    std::optional<Error> add(const Row& row);
    std::optional<Error> find_fault(const Row& row) const;
    void skip(SkipReason reason, std::size_t line);
    void tell_progress() const;
    MartExport finish();
    std::vector<std::string> warnings() const;
    void tell_of_the_last_line(const std::vector<Gene>& genes);

    Frame frame_;
    bool is_sound_;  // all of it is UTF-8 without NUL bytes
    Header header_;
    RowReader rows_;
    const ReadOptions& options_;
    Damage damage_;
    Interpreted interpreted_;
    MergedGenes genes_;
    ReadReport report_;
    std::size_t latest_stamp_ = 0;  // lines; 0 where there is none
    std::size_t latest_row_ = 0;
    std::optional<LastLine> last_line_;  // where it is a row of a gene and has no line end
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
        if (auto error = take(row)) return std::unexpected(*std::move(error));
        if (report_.rows % rows_between_calls == 0) tell_progress();
    }
    tell_progress();
    return finish();
}

std::optional<Error> Reading::take(Row& row) {
    interpreted_.trim(row);
    const auto kind = kind_of(row, header_);
    if (!kind) return kind.error();
    if (*kind == LineKind::completion_stamp) {
        latest_stamp_ = row.line;
        return {};
    }
    ++report_.rows;
    switch (*kind) {
        case LineKind::blank:
            skip(SkipReason::blank_line, row.line);
            return {};
        case LineKind::repeated_header:
            skip(SkipReason::repeated_header, row.line);
            return {};
        case LineKind::comment:
            skip(SkipReason::comment, row.line);
            return {};
        default:
            return add(row);
    }
}

std::optional<Error> Reading::add(const Row& row) {
    if (auto error = find_fault(row)) return error;
    latest_row_ = row.line;
    if (rows_.at_end() && !frame_.has_last_line_end) {
        last_line_ = {.line = row.line, .last_cell = row.cells.back().value()};
    }
    damage_.look(row);
    const auto id = row.cells[header_.stable_id].text;
    if (id.empty() || is_missing_value(id) || is_formula_error(id)) {
        skip(SkipReason::no_stable_id, row.line);
        return {};
    }
    interpreted_.note_strand(row);
    return genes_.add(row);
}

std::optional<Error> Reading::find_fault(const Row& row) const {
    if (row.cells.size() != header_.columns.size()) {
        return refuse_width(
            row,
            header_,
            {.is_tsv = rows_.is_tsv(), .is_first = report_.rows == 1, .is_last = rows_.at_end()});
    }
    return is_sound_ ? std::nullopt : find_bad_text(row, header_.columns);
}

void Reading::skip(SkipReason reason, std::size_t line) {
    auto known = std::ranges::find(report_.skipped, reason, &SkippedRows::reason);
    if (known == report_.skipped.end()) {
        known = report_.skipped.insert(known, SkippedRows{.reason = reason});
    }
    known->lines.add(line);
}

void Reading::tell_progress() const {
    if (!options_.progress) return;
    options_.progress({.bytes_read = rows_.at_end() ? frame_.table.size() : rows_.bytes_read(),
                       .bytes_total = frame_.table.size(),
                       .rows = report_.rows});
}

MartExport Reading::finish() {
    std::uint64_t skipped = 0;
    for (const auto& rows : report_.skipped) skipped += rows.lines.count;
    report_.format = rows_.is_tsv() ? "TSV" : "CSV";
    report_.genes = genes_.size();
    report_.merged = report_.rows - report_.genes - skipped;
    report_.warnings = warnings();
    report_.notes = interpreted_.notes();
    report_.has_completion_stamp = latest_stamp_ > 0;
    auto genes = std::move(genes_).take();
    tell_of_the_last_line(genes);
    report_.columns = std::move(header_.columns);
    MartExport made{.genes = std::move(genes),
                    .attributes = std::move(header_.attributes),
                    .species = {},
                    .report = std::move(report_)};
    made.species = species_of(made.genes);
    return made;
}

std::vector<std::string> Reading::warnings() const {
    std::vector<std::string> said;
    if (frame_.first_line > 1) {
        said.push_back(counted(frame_.first_line - 1, "line") + " before the header skipped");
    }
    std::ranges::move(header_warnings(header_), std::back_inserter(said));
    if (report_.rows == 0) said.emplace_back("there are no rows below the header");
    if (latest_stamp_ > 0 && latest_row_ > latest_stamp_) {
        said.push_back("rows follow the last completion stamp, on line " +
                       std::to_string(latest_stamp_) + ", so that their part may be cut off");
    }
    for (const auto& [reason, lines] : report_.skipped) said.push_back(warning_of(reason, lines));
    std::ranges::move(damage_.warnings(), std::back_inserter(said));
    return said;
}

void Reading::tell_of_the_last_line(const std::vector<Gene>& genes) {
    if (!last_line_) return;
    const auto& [number, last_cell] = *last_line_;
    const auto line = "the last line, " + std::to_string(number) + ", has no line end";
    if (!seems_cut_off(*last_line_, header_, genes)) {
        report_.notes.push_back(line);
        return;
    }
    report_.warnings.push_back(line + ", and its last cell is " +
                               (last_cell.empty() ? "empty" : "no number, " + quoted(last_cell)) +
                               ": the file may be cut off; compare its size, or export it again");
}

}  // namespace

Result<MartExport> read_export(std::string_view text, const ReadOptions& options) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (auto error = find_other_format(text)) return std::unexpected(*std::move(error));
    const auto frame = find_frame(text);
    if (has_lone_carriage_return(frame.table)) {
        return std::unexpected(refuse_lone_carriage_returns());
    }
    RowReader rows(frame.table, frame.first_line);
    Row first;
    if (!rows.next(first)) return std::unexpected(find_other_format("").value());
    auto header = parse_header(first);
    const bool is_quoted_tsv = header && first.cells[header->stable_id].text.starts_with('"');
    if (!header || is_quoted_tsv) return std::unexpected(explain_header(first, text));
    if (auto error = find_bad_name(first, header->columns))
        return std::unexpected(*std::move(error));
    if (auto error = find_where_it_broke_off(text)) return std::unexpected(*std::move(error));
    return Reading(frame, *std::move(header), rows, options).read();
}

}  // namespace chr21::mart
