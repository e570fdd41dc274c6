#include "store/memory/orders.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <utility>

namespace chr21::memory {

namespace {

constexpr auto absent = std::numeric_limits<std::uint32_t>::max();

// A stretch of ranks to compare, in one direction.
struct RankedKey {
    std::span<const std::uint32_t> ranks;
    bool descending;
};

bool ranked_before(std::span<const RankedKey> keys, Ordinal left, Ordinal right) {
    for (const auto& [ranks, descending] : keys) {
        const auto l = ranks[left];
        const auto r = ranks[right];
        if (l == r) continue;
        if (l == absent || r == absent) return r == absent;
        return descending ? r < l : l < r;
    }
    return left < right;
}

// Ranks of `values`, which are absent or compare with <.
template <class Value>
std::vector<std::uint32_t> rank(const std::vector<std::optional<Value>>& values) {
    std::vector<std::pair<Value, Ordinal>> present;
    for (Ordinal ordinal = 0; ordinal < values.size(); ++ordinal) {
        if (const auto& value = values[ordinal]) present.emplace_back(*value, ordinal);
    }
    std::ranges::sort(present);
    std::vector<std::uint32_t> ranks(values.size(), absent);
    std::uint32_t next = 0;
    for (std::size_t at = 0; at < present.size(); ++at) {
        const auto& [value, ordinal] = present[at];
        if (at > 0 && present[at - 1].first != value) ++next;
        ranks[ordinal] = next;
    }
    return ranks;
}

template <class Value, class Read>
std::vector<std::uint32_t> rank_genes(std::span<const GeneRecord> records, Read read) {
    std::vector<std::optional<Value>> values;
    values.reserve(records.size());
    for (const auto& record : records) values.push_back(std::invoke(read, record));
    return rank(values);
}

}  // namespace

std::vector<std::uint32_t> Orders::make_ranks(SortField field) const {
    const auto records = columns_.records();
    switch (field) {
        case SortField::gene_start:
            return rank_genes<Position>(records, &GeneRecord::gene_start);
        case SortField::gene_end:
            return rank_genes<Position>(records, &GeneRecord::gene_end);
        case SortField::length:
            return rank_genes<Position>(records,
                                        [](const GeneRecord& record) { return length(record); });
        case SortField::gene_stable_id:
            return rank_genes<std::string_view>(records, [](const GeneRecord& record) {
                return std::optional(record.gene_stable_id());
            });
        case SortField::gene_name:
            break;
    }
    std::vector<std::optional<std::string_view>> names;
    names.reserve(records.size());
    for (Ordinal ordinal = 0; ordinal < records.size(); ++ordinal) {
        names.push_back(records[ordinal].gene_name()
                            ? std::optional(columns_.folded_names()[ordinal])
                            : std::nullopt);
    }
    return rank(names);
}

std::span<const std::uint32_t> Orders::ranks(SortField field) const {
    auto& kept = ranks_[static_cast<std::size_t>(field)];
    std::call_once(kept.once, [&] { kept.by_ordinal = make_ranks(field); });
    return kept.by_ordinal;
}

std::span<const Ordinal> Orders::all_by(SortKey key) const {
    auto& kept = orders_[static_cast<std::size_t>(key.field)][key.descending ? 1 : 0];
    std::call_once(kept.once, [&] {
        kept.ordinals.resize(columns_.records().size());
        std::ranges::copy(
            std::views::iota(Ordinal{0}, static_cast<Ordinal>(columns_.records().size())),
            kept.ordinals.begin());
        arrange(kept.ordinals, {key}, kept.ordinals.size());
    });
    return kept.ordinals;
}

void Orders::arrange(std::vector<Ordinal>& ordinals, const Sort& sort, std::size_t wanted) const {
    std::vector<RankedKey> keys;
    keys.reserve(sort.size());
    for (const auto& key : sort) keys.push_back({ranks(key.field), key.descending});
    const auto middle =
        ordinals.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, ordinals.size()));
    std::ranges::partial_sort(ordinals, middle, [&keys](Ordinal left, Ordinal right) {
        return ranked_before(keys, left, right);
    });
}

}  // namespace chr21::memory
