#include "store/dataset_shelf.hpp"

#include "text/ascii.hpp"

namespace chr21 {

bool is_pinned_by(const Dataset& dataset, std::string_view pin) {
    constexpr std::size_t fewest_digits = 8;
    if (pin == dataset.name) return true;
    if (pin.size() < fewest_digits || pin.size() > dataset.sha256.size()) return false;
    return text::starts_ignoring_case(dataset.sha256, pin);
}

}  // namespace chr21
