#pragma once

#include "gene/gene.hpp"

#include <cstdint>
#include <vector>

namespace chr21 {

enum class SortField : std::uint8_t { gene_start, gene_end, gene_name, length, gene_stable_id };

struct SortKey {
    SortField field = SortField::gene_start;
    bool descending = false;

    friend bool operator==(const SortKey&, const SortKey&) = default;
};

// Keys in order of weight. Empty means genome order, which also breaks every tie.
using Sort = std::vector<SortKey>;

// The plain model of an ordering. Absent values come last in both directions; names compare
// folded, byte by byte. Total, because genome order is.
bool sorts_before(const Sort& sort, const Gene& left, const Gene& right);

}  // namespace chr21
