#include "store/dataset_shelf.hpp"

#include <algorithm>

namespace chr21 {

bool is_pinned_by(const Dataset& dataset, std::string_view pin) {
    constexpr std::size_t fewest_digits = 8;
    if (pin == dataset.name) return true;
    if (pin.size() < fewest_digits || pin.size() > dataset.sha256.size()) return false;
    return std::ranges::equal(
        pin, std::string_view(dataset.sha256).substr(0, pin.size()), {}, [](char digit) {
            return digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit;
        });
}

}  // namespace chr21
