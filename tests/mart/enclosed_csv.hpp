#pragma once

#include "gene/gene.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chr21::testing {

inline std::string enclosed(std::string_view value) {
    std::string cell = "\"";
    for (const char c : value) cell.append(c == '"' ? 2 : 1, c);
    return cell + '"';
}

// An export that encloses each value, so that it can carry any text (RFC 4180).
inline std::string to_enclosed_csv(const std::vector<Gene>& genes) {
    const auto text = [](const auto& value) { return value ? enclosed(*value) : ""; };
    const auto number = [](const auto& value) { return value ? std::to_string(*value) : ""; };
    std::string csv =
        "Gene stable ID,Gene name,Gene description,Chromosome/scaffold name,Gene start (bp),"
        "Gene end (bp),Strand,Gene type\r\n";
    for (const auto& gene : genes) {
        csv += enclosed(gene.gene_stable_id) + ',' + text(gene.gene_name) + ',' +
               text(gene.gene_description) + ',' + text(gene.chromosome) + ',' +
               number(gene.gene_start) + ',' + number(gene.gene_end) + ',';
        if (gene.strand) csv += gene.strand == Strand::forward ? "1" : "-1";
        csv += ',' + text(gene.gene_type) + "\r\n";
    }
    return csv;
}

}  // namespace chr21::testing
