#pragma once

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

// An export that encloses each value and header, so that it can carry any text (RFC 4180). A gene
// has as many rows as its longest attribute has values.
inline std::string to_enclosed_csv(const std::vector<Gene>& genes,
                                   const std::vector<AttributeColumn>& attributes = {}) {
    const auto text = [](const auto& value) { return value ? enclosed(*value) : ""; };
    const auto number = [](const auto& value) { return value ? std::to_string(*value) : ""; };
    std::string csv =
        "\"Gene stable ID\",\"Gene name\",\"Gene description\",\"Chromosome/scaffold name\","
        "\"Gene start (bp)\",\"Gene end (bp)\",\"Strand\",\"Gene type\"";
    for (const auto& attribute : attributes) csv += ',' + enclosed(attribute.header);
    csv += "\r\n";
    for (const auto& gene : genes) {
        std::string row = enclosed(gene.gene_stable_id) + ',' + text(gene.gene_name) + ',' +
                          text(gene.gene_description) + ',' + text(gene.chromosome) + ',' +
                          number(gene.gene_start) + ',' + number(gene.gene_end) + ',';
        if (gene.strand) row += gene.strand == Strand::forward ? "1" : "-1";
        row += ',' + text(gene.gene_type);
        std::size_t rows = 1;
        for (const auto& [name, values] : gene.attributes) rows = std::max(rows, values.size());
        for (std::size_t i = 0; i < rows; ++i) {
            csv += row;
            for (const auto& attribute : attributes) {
                const auto values = values_of(gene, attribute.name);
                csv += ',' + (i < values.size() ? enclosed(values[i]) : std::string());
            }
            csv += "\r\n";
        }
    }
    return csv;
}

}  // namespace chr21::testing
