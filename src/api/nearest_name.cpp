#include "api/nearest_name.hpp"

#include "text/fold.hpp"
#include "text/typo.hpp"

#include <algorithm>
#include <vector>

namespace chr21::api {

std::string nearest_name(std::string_view given, std::span<const std::string_view> known) {
    if (known.empty()) return "none are taken";
    constexpr std::size_t longest_compared = 64;
    if (given.size() <= longest_compared) {
        const auto folded = fold(given);
        const auto distance = [&folded](std::string_view name) {
            return typo_distance(folded, name);
        };
        const auto nearest = std::ranges::min(known, {}, distance);
        if (distance(nearest) <= 1 + nearest.size() / 3) {
            return std::string("did you mean ").append(nearest).append("?");
        }
    }
    std::string names(known.front());
    for (const auto name : known.subspan(1)) names.append(", ").append(name);
    return "there are: " + names;
}

std::string nearest_name(std::string_view given, std::span<const std::string> known) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    return nearest_name(given, views);
}

}  // namespace chr21::api
