#pragma once

#include "gene/attribute_rows.hpp"
#include "gene/dataset.hpp"
#include "gene/gene.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::testing {

inline std::string enclosed(std::string_view value) {
    std::string cell = "\"";
    for (const char c : value) cell.append(c == '"' ? 2 : 1, c);
    return cell + '"';
}

// What stands in the attribute columns of a gene's rows, at least one row: of each attribute its
// first column and then its further ones.
inline std::vector<std::vector<std::string>> attribute_cells(
    const Gene& gene, const std::vector<AttributeColumn>& attributes) {
    const auto rows = AttributeRows::unpack(gene.attribute_rows);
    std::size_t height = rows ? rows->size() : 1;
    if (!rows) {
        for (const auto& [name, values] : gene.attributes) height = std::max(height, values.size());
    }
    std::vector<std::vector<std::string>> cells(height);
    for (std::size_t row = 0; row < height; ++row) {
        std::size_t cell = 0;
        for (const auto& attribute : attributes) {
            const auto values = values_of(gene, attribute.name);
            for (std::size_t column = 0; column < cells_of(attribute); ++column, ++cell) {
                const std::size_t plain = column == 0 ? row + 1 : 0;
                const std::size_t place = rows ? (*rows)[row][cell] : plain;
                const bool is_there = place > 0 && place <= values.size();
                cells[row].push_back(is_there ? values[place - 1] : std::string());
            }
        }
    }
    return cells;
}

// An export that encloses each value and header, so that it can carry any text (RFC 4180).
inline std::string to_enclosed_csv(const std::vector<Gene>& genes,
                                   const std::vector<AttributeColumn>& attributes = {}) {
    const auto text = [](const auto& value) { return value ? enclosed(*value) : ""; };
    const auto number = [](const auto& value) { return value ? std::to_string(*value) : ""; };
    std::string csv =
        "\"Gene stable ID\",\"Gene name\",\"Gene description\",\"Chromosome/scaffold name\","
        "\"Gene start (bp)\",\"Gene end (bp)\",\"Strand\",\"Gene type\"";
    for (const auto& attribute : attributes) {
        csv += ',' + enclosed(attribute.header);
        for (const auto& header : attribute.further_headers) csv += ',' + enclosed(header);
    }
    csv += "\r\n";
    for (const auto& gene : genes) {
        std::string row = enclosed(gene.gene_stable_id) + ',' + text(gene.gene_name) + ',' +
                          text(gene.gene_description) + ',' + text(gene.chromosome) + ',' +
                          number(gene.gene_start) + ',' + number(gene.gene_end) + ',';
        if (gene.strand) row += gene.strand == Strand::forward ? "1" : "-1";
        row += ',' + text(gene.gene_type);
        for (const auto& cells : attribute_cells(gene, attributes)) {
            csv += row;
            for (const auto& cell : cells) csv += ',' + (cell.empty() ? cell : enclosed(cell));
            csv += "\r\n";
        }
    }
    return csv;
}

}  // namespace chr21::testing
