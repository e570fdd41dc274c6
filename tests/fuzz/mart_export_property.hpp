#pragma once

#include "gene/fold.hpp"
#include "mart/mart_export.hpp"
#include "tests/mart/enclosed_csv.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::fuzz {

inline std::string genes_complaint(const std::vector<Gene>& genes) {
    std::set<std::string> ids;
    for (const auto& gene : genes) {
        if (gene.gene_stable_id.empty()) return "a stable ID is empty";
        if (!ids.insert(fold(gene.gene_stable_id)).second) return "a stable ID is there twice";
        if (gene.gene_start == 0U || gene.gene_end == 0U) return "a position is 0";
        if (gene.gene_start && gene.gene_end && *gene.gene_start > *gene.gene_end) {
            return "a start is after its end";
        }
        for (const auto& text :
             {gene.gene_name, gene.gene_description, gene.chromosome, gene.gene_type}) {
            if (text && text->empty()) return "an absent value is empty text";
        }
    }
    const auto again = mart::parse_export(testing::to_enclosed_csv(genes));
    return again && *again == genes ? "" : "the genes are not read back from an export of them";
}

// What fails to hold for parse_export on `text`; empty when all does: genes are sound, distinct and
// read back from an export of them, a refusal names the line, and neither a byte order mark nor
// a line end at the end makes a difference.
inline std::string mart_export_complaint(std::string_view text) {
    const auto genes = mart::parse_export(text);
    if (!genes && !genes.error().message.starts_with("line ")) return "the refusal names no line";
    if (mart::parse_export(std::string(text) + "\n") != genes) return "a line end matters";
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (!text.starts_with(byte_order_mark) &&
        mart::parse_export(std::string(byte_order_mark).append(text)) != genes) {
        return "a byte order mark matters";
    }
    return genes ? genes_complaint(*genes) : "";
}

}  // namespace chr21::fuzz
