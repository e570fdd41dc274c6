#pragma once

#include "mart/mart_export.hpp"
#include "tests/mart/enclosed_csv.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::fuzz {

inline std::string attributes_complaint(const Gene& gene) {
    for (const auto& [name, values] : gene.attributes) {
        if (values.empty()) return "an attribute has no values";
        if (std::set(values.begin(), values.end()).size() != values.size()) {
            return "an attribute has a value twice";
        }
        for (const auto& value : values) {
            if (value.empty()) return "a value is empty";
            if (find_invalid_utf8(value)) return "a value is not UTF-8";
        }
    }
    return "";
}

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
            if (text && find_invalid_utf8(*text)) return "a text is not UTF-8";
        }
        if (auto complaint = attributes_complaint(gene); !complaint.empty()) return complaint;
    }
    return "";
}

inline std::string export_complaint(const mart::MartExport& read) {
    if (auto complaint = genes_complaint(read.genes); !complaint.empty()) return complaint;
    auto rows = read.report.genes + read.report.merged;
    for (const auto& skipped : read.report.skipped) rows += skipped.lines.count;
    if (rows != read.report.rows || read.report.genes != read.genes.size()) {
        return "the rows of the report do not add up";
    }
    const auto again = mart::read_export(testing::to_enclosed_csv(read.genes, read.attributes));
    return again && again->genes == read.genes && again->attributes == read.attributes
               ? ""
               : "the genes are not read back from an export of them";
}

// What fails to hold for read_export on `text`; empty when all does: genes are sound, distinct and
// read back from an export of them, a refusal says why, and neither a byte order mark nor a line
// end at the end makes a difference.
inline std::string mart_export_complaint(std::string_view text) {
    const auto outcome = [](std::string_view one) -> Result<std::vector<Gene>> {
        auto read = mart::read_export(one);
        if (!read) return std::unexpected(read.error());
        return std::move(read->genes);
    };
    const auto read = mart::read_export(text);
    if (!read && read.error().message.empty()) return "the refusal gives no reason";
    const auto genes = outcome(text);
    if (outcome(std::string(text) + "\n") != genes) return "a line end matters";
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (!text.starts_with(byte_order_mark) &&
        outcome(std::string(byte_order_mark).append(text)) != genes) {
        return "a byte order mark matters";
    }
    return read ? export_complaint(*read) : "";
}

}  // namespace chr21::fuzz
