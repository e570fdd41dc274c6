#include "store/memory/ordinals.hpp"

#include <algorithm>
#include <functional>
#include <ranges>

namespace chr21::memory {

std::vector<Ordinal> all_ordinals(std::size_t count) {
    std::vector<Ordinal> all(count);
    std::ranges::copy(std::views::iota(Ordinal{0}, static_cast<Ordinal>(count)), all.begin());
    return all;
}

void order(std::vector<Ordinal>& ordinals) {
    if (std::ranges::is_sorted(ordinals, std::ranges::less_equal{})) return;
    std::ranges::sort(ordinals);
    const auto again = std::ranges::unique(ordinals);
    ordinals.erase(again.begin(), again.end());
}

}  // namespace chr21::memory
