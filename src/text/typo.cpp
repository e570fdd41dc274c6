#include "text/typo.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace chr21 {

bool within_one_typo(std::string_view left, std::string_view right) {
    if (left.size() > right.size()) std::swap(left, right);
    const auto added = right.size() - left.size();
    if (added > 1) return false;

    // What both ends share falls away; one typo leaves next to nothing in between.
    const auto [left_rest, right_rest] = std::ranges::mismatch(left, right);
    const auto prefix = static_cast<std::size_t>(left_rest - left.begin());
    left.remove_prefix(prefix);
    right.remove_prefix(prefix);
    while (!left.empty() && left.back() == right.back()) {
        left.remove_suffix(1);
        right.remove_suffix(1);
    }
    if (left.empty()) return true;
    if (added == 1) return false;
    return left.size() == 1 || (left.size() == 2 && left[0] == right[1] && left[1] == right[0]);
}

unsigned typo_distance(std::string_view left, std::string_view right) {
    // The last three rows of the table: distances from the first i bytes of left to each prefix
    // of right.
    std::vector<unsigned> two_above(right.size() + 1);
    std::vector<unsigned> above(right.size() + 1);
    std::vector<unsigned> row(right.size() + 1);
    for (unsigned j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::swap(two_above, above);
        std::swap(above, row);
        row[0] = static_cast<unsigned>(i);
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const unsigned changed = left[i - 1] == right[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + changed});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
                row[j] = std::min(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return row[right.size()];
}

}  // namespace chr21
