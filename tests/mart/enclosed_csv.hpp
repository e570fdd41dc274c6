#pragma once

#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "tests/generators.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chr21::testing {

inline std::string enclosed(std::string_view value) {
    std::string cell = "\"";
    for (const char c : value) cell.append(c == '"' ? 2 : 1, c);
    return cell + '"';
}

// An export that encloses each value and header, so that it can carry any text (RFC 4180). The
// attributes are none, or go_id and hgnc_id.
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
        for (const auto& [go, hgnc] : cells_of(gene)) {
            csv += row;
            if (!attributes.empty()) csv += ',' + enclosed(go) + ',' + enclosed(hgnc);
            csv += "\r\n";
        }
    }
    return csv;
}

}  // namespace chr21::testing
