#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <vector>

namespace chr21 {

// Where in genome order the genes of primary chromosomes are (gene/primary_chromosome.hpp): of the
// genes of one name they come first, in genome order, and then the others.
class PrimaryGenes {
public:
    // The next stretch, behind all others.
    void add(std::uint64_t first, std::uint64_t count) {
        if (!stretches_.empty() && stretches_.back().end == first) {
            stretches_.back().end += count;
        } else {
            stretches_.push_back({first, first + count});
        }
    }

    // The first `most` of these genes, which rise.
    template <class Order>
    std::vector<Order> first_of(std::span<const Order> orders, std::size_t most) const {
        std::vector<Order> first;
        std::vector<std::span<const Order>> others;
        const auto take = [&](std::span<const Order> some) {
            const auto count = std::min(some.size(), most - first.size());
            first.insert(first.end(), some.begin(), some.begin() + std::ptrdiff_t(count));
        };
        for (const auto& [begin, end] : stretches_) {
            if (orders.empty() || first.size() == most) break;
            const auto before = up_to(orders, begin);
            if (!before.empty()) others.push_back(before);
            const auto within = up_to(orders.subspan(before.size()), end);
            take(within);
            orders = orders.subspan(before.size() + within.size());
        }
        others.push_back(orders);
        for (const auto& some : others) take(some);
        return first;
    }

    template <class Order>
    std::optional<Order> first_of(std::span<const Order> orders) const {
        if (orders.empty()) return {};
        if (orders.size() == 1) return orders.front();
        return first_of(orders, 1).front();
    }

private:
    struct Stretch {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };

    template <class Order>
    static std::span<const Order> up_to(std::span<const Order> orders, std::uint64_t end) {
        const auto at = std::ranges::lower_bound(
            orders, end, {}, [](Order order) { return static_cast<std::uint64_t>(order); });
        return orders.first(static_cast<std::size_t>(at - orders.begin()));
    }

    std::vector<Stretch> stretches_;
};

}  // namespace chr21
