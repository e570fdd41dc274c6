#include "api/nearest_name.hpp"

#include "text/fold.hpp"
#include "text/typo.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace chr21::api {

namespace {

// "entrez" of "attribute.entrez": members of one family differ behind its point.
std::string_view own_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

// The one that was meant, if any is near: the only one that the given name is a part of, as
// "entrez" is of "entrezgene_id", or one with a few typos. Empty: none is.
std::string_view meant_name(std::string_view given, std::span<const std::string_view> known) {
    constexpr std::size_t longest_compared = 64;
    constexpr std::size_t shortest_part = 3;
    if (given.size() > longest_compared) return {};
    const auto folded = fold(given);
    const auto part = own_part(folded);
    const auto has_part = [part](std::string_view name) { return own_part(name).contains(part); };
    if (part.size() >= shortest_part && std::ranges::count_if(known, has_part) == 1) {
        return *std::ranges::find_if(known, has_part);
    }
    const auto distance = [&folded](std::string_view name) { return typo_distance(folded, name); };
    const auto nearest = std::ranges::min(known, {}, distance);
    return distance(nearest) > 1 + nearest.size() / 3 ? std::string_view() : nearest;
}

}  // namespace

std::string nearest_name(std::string_view given, std::span<const std::string_view> known) {
    if (known.empty()) return "none are taken";
    if (const auto meant = meant_name(given, known); !meant.empty()) {
        return std::string("did you mean ").append(meant).append("?");
    }
    std::string names(known.front());
    for (const auto name : known.subspan(1)) names.append(", ").append(name);
    return "there are: " + names;
}

std::string nearest_name(std::string_view given, std::span<const std::string> known) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    return nearest_name(given, views);
}

std::vector<std::string> nearest_values(std::string_view given,
                                        std::span<const std::string> known,
                                        std::size_t most) {
    constexpr std::size_t longest_compared = 64;
    const auto beginning = [](std::string_view text) {
        return fold(first_characters(text, longest_compared));
    };
    const auto folded = beginning(given);
    std::vector<std::tuple<bool, unsigned, std::size_t>> compared;
    compared.reserve(known.size());
    for (std::size_t at = 0; at < known.size(); ++at) {
        const auto other = beginning(known[at]);
        const bool is_within = other.contains(folded) || folded.contains(other);
        compared.emplace_back(!is_within, typo_distance(folded, other), at);
    }
    std::ranges::sort(compared);
    compared.resize(std::min(compared.size(), most));
    std::vector<std::string> nearest;
    nearest.reserve(compared.size());
    for (const auto& [is_apart, distance, at] : compared) nearest.push_back(known[at]);
    return nearest;
}

std::string list_of(std::span<const std::string> texts) {
    std::string list;
    for (const auto& text : texts) list.append(list.empty() ? "" : ", ").append(text);
    return list;
}

}  // namespace chr21::api
