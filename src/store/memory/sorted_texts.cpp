#include "store/memory/sorted_texts.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace chr21::memory {

SortedTexts::SortedTexts(std::vector<Entry> entries) : entries_(std::move(entries)) {
    std::ranges::sort(
        entries_, {}, [](const Entry& entry) { return std::tuple(entry.text, entry.ordinal); });
}

std::span<const SortedTexts::Entry> SortedTexts::equal(std::string_view text) const {
    const auto first = std::ranges::lower_bound(entries_, text, {}, &Entry::text);
    auto last = first;  // equal texts are few
    while (last != entries_.end() && last->text == text) ++last;
    return {first, last};
}

std::span<const SortedTexts::Entry> SortedTexts::beginning_with(std::string_view prefix) const {
    return std::ranges::equal_range(entries_, prefix, {}, [prefix](const Entry& entry) {
        return entry.text.substr(0, prefix.size());
    });
}

}  // namespace chr21::memory
