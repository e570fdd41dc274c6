#pragma once

#include "gene/sort.hpp"
#include "store/memory/columns.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

namespace chr21::memory {

// The orders that callers may ask for. Each is worked out when it is first asked for and then kept.
// Safe to use from many threads.
class Orders {
public:
    // `columns` outlive this.
    explicit Orders(const Columns& columns) : columns_(columns) {}

    // All genes by one key.
    std::span<const Ordinal> all_by(SortKey key) const;

    // Puts the first `wanted` of `ordinals` in order; what follows them is in no order.
    void arrange(std::vector<Ordinal>& ordinals, const Sort& sort, std::size_t wanted) const;

private:
    static constexpr std::size_t field_count = 5;

    // Equal values have equal ranks; absent values the greatest.
    std::span<const std::uint32_t> ranks(SortField field) const;
    std::vector<std::uint32_t> make_ranks(SortField field) const;

    struct Ranks {
        std::once_flag once;
        std::vector<std::uint32_t> by_ordinal;
    };
    struct Order {
        std::once_flag once;
        std::vector<Ordinal> ordinals;
    };
    const Columns& columns_;
    mutable std::array<Ranks, field_count> ranks_;
    mutable std::array<std::array<Order, 2>, field_count> orders_;
};

}  // namespace chr21::memory
