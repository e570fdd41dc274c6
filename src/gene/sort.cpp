#include "gene/sort.hpp"

#include "text/fold.hpp"

#include <compare>
#include <optional>
#include <string>

namespace chr21 {
namespace {

// Absent after present in both directions.
template <class Value>
std::strong_ordering compare(const std::optional<Value>& left,
                             const std::optional<Value>& right,
                             bool descending) {
    if (!left || !right) return right.has_value() <=> left.has_value();
    return descending ? *right <=> *left : *left <=> *right;
}

std::optional<std::string> folded_name(const Gene& gene) {
    if (!gene.gene_name) return {};
    return fold(*gene.gene_name);
}

std::strong_ordering compare(const SortKey& key, const Gene& left, const Gene& right) {
    switch (key.field) {
        case SortField::gene_start:
            return compare(left.gene_start, right.gene_start, key.descending);
        case SortField::gene_end:
            return compare(left.gene_end, right.gene_end, key.descending);
        case SortField::gene_name:
            return compare(folded_name(left), folded_name(right), key.descending);
        case SortField::length:
            return compare(length(left), length(right), key.descending);
        case SortField::gene_stable_id:
            return key.descending ? right.gene_stable_id <=> left.gene_stable_id
                                  : left.gene_stable_id <=> right.gene_stable_id;
    }
    return std::strong_ordering::equal;
}

}  // namespace

bool sorts_before(const Sort& sort, const Gene& left, const Gene& right) {
    for (const auto& key : sort) {
        if (const auto order = compare(key, left, right); order != 0) return order < 0;
    }
    return genome_before(left, right);
}

}  // namespace chr21
