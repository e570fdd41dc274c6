#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// How near a name is to a text that is one typo away from it; the nearest is the least. A typo
// that leaves the digits as they are is likelier: they tell the members of a family apart, and
// "p53" is meant for TP53 rather than for PI3.
struct NameNearness {
    bool other_digits = false;
    std::size_t length = 0;        // of the name, in bytes
    std::uint64_t gene_order = 0;  // of the first gene of the name, in genome order

    friend auto operator<=>(const NameNearness&, const NameNearness&) = default;
};

// Both are fold()ed.
NameNearness nearness_of(std::string_view folded_name,
                         std::string_view folded_text,
                         std::uint64_t gene_order);

// The shortest text, in bytes, that is forgiven a typo.
inline constexpr std::size_t shortest_typo_text = 3;

// So many names are advised at most, and so many stable IDs.
inline constexpr std::size_t most_nearest = 5;

// What a stable ID that no gene has may have been meant for, likeliest first and without the ID
// itself: the same number behind the same letters, with another count of zeros, with digits for the
// letters that look like them (O, I, l), without what stands between, with and without its version.
// They are folded, as `folded_id` is; whether a gene has them is not looked at. None where the ID
// has no letters before its number.
std::vector<std::string> corrected_ids(std::string_view folded_id);

}  // namespace chr21
