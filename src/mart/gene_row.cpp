#include "mart/gene_row.hpp"

#include "gene/utf8.hpp"
#include "mart/printable.hpp"

#include <cstddef>
#include <string>

namespace chr21::mart {
namespace {

// What is wrong with the value of `cell`, which is not empty; empty when it went into `gene`.
std::string_view set_value(Gene& gene, Column column, const Cell& cell) {
    constexpr auto bad_position = "a position must be a whole number of bp from 1 to 4294967295";
    switch (column) {
        case Column::gene_description:
            gene.gene_description = cell.value();
            return {};
        case Column::gene_stable_id:
            gene.gene_stable_id = cell.value();
            return {};
        case Column::gene_name:
            gene.gene_name = cell.value();
            return {};
        case Column::chromosome:
            gene.chromosome = cell.value();
            return {};
        case Column::gene_start:
            gene.gene_start = to_position(cell.text);
            return gene.gene_start ? "" : bad_position;
        case Column::gene_end:
            gene.gene_end = to_position(cell.text);
            return gene.gene_end ? "" : bad_position;
        case Column::strand:
            if (cell.text == "1") gene.strand = Strand::forward;
            if (cell.text == "-1") gene.strand = Strand::reverse;
            return gene.strand ? "" : "a strand must be 1 or -1";
        case Column::gene_type:
            gene.gene_type = cell.value();
            return {};
    }
    return {};
}

std::unexpected<Error> refuse_width(const Row& row, std::span<const Column> columns) {
    const auto found = row.cells.size();
    const auto column = found < columns.size() ? columns[found] : columns.back();
    return refuse(row.line,
                  column,
                  {},
                  "the header names " + std::to_string(columns.size()) +
                      " columns, but this row has " + std::to_string(found) +
                      (found == 1 ? " cell" : " cells"));
}

}  // namespace

Result<Gene> parse_gene(const Row& row, std::span<const Column> columns) {
    if (row.cells.size() != columns.size()) return refuse_width(row, columns);
    Gene gene;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& cell = row.cells[i];
        if (cell.text.empty()) continue;
        if (find_invalid_utf8(cell.text)) {
            return refuse(row.line, columns[i], to_printable(cell.text), "the text must be UTF-8");
        }
        if (cell.text.contains('\0')) {
            return refuse(
                row.line, columns[i], to_printable(cell.text), "the text must not hold a NUL byte");
        }
        if (const auto wrong = set_value(gene, columns[i], cell); !wrong.empty()) {
            return refuse(row.line, columns[i], cell.text, wrong);
        }
    }
    if (gene.gene_stable_id.empty()) {
        return refuse(row.line, Column::gene_stable_id, {}, "every gene needs a stable ID");
    }
    if (gene.gene_start && gene.gene_end && *gene.gene_start > *gene.gene_end) {
        return refuse(row.line,
                      Column::gene_start,
                      std::to_string(*gene.gene_start),
                      "the start must not be after the end, " + std::to_string(*gene.gene_end));
    }
    return gene;
}

}  // namespace chr21::mart
