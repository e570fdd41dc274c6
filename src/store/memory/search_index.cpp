#include "store/memory/search_index.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace chr21::memory {

namespace {

constexpr std::size_t fewest_lists = 1U << 12U;
constexpr std::size_t most_lists = 1U << 18U;

// Calls visit(list) once for each list that `text` belongs to; `last_seen` remembers, per list,
// the last gene that was there.
template <class ListOf, class Visit>
void for_each_list(std::string_view text,
                   Ordinal ordinal,
                   std::vector<Ordinal>& last_seen,
                   ListOf list_of,
                   Visit visit) {
    for (std::size_t at = 0; at + SearchIndex::shortest <= text.size(); ++at) {
        const auto list = list_of(text, at);
        if (last_seen[list] == ordinal) continue;
        last_seen[list] = ordinal;
        visit(list);
    }
}

}  // namespace

SearchIndex::SearchIndex(std::span<const std::string_view> texts)
    : mask_(static_cast<std::uint32_t>(
          std::bit_ceil(std::clamp(texts.size(), fewest_lists, most_lists)) - 1)),
      begins_(mask_ + 2) {
    const auto list_of_text = [this](std::string_view text, std::size_t at) {
        return list_of(text, at);
    };
    constexpr auto nobody = std::numeric_limits<Ordinal>::max();

    std::vector<Ordinal> last_seen(mask_ + 1, nobody);
    for (Ordinal ordinal = 0; ordinal < texts.size(); ++ordinal) {
        for_each_list(texts[ordinal], ordinal, last_seen, list_of_text, [this](auto list) {
            ++begins_[list + 1];
        });
    }
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());

    ordinals_.resize(begins_.back());
    std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
    last_seen.assign(mask_ + 1, nobody);
    for (Ordinal ordinal = 0; ordinal < texts.size(); ++ordinal) {
        for_each_list(texts[ordinal], ordinal, last_seen, list_of_text, [&](auto list) {
            ordinals_[next[list]++] = ordinal;
        });
    }
}

std::span<const Ordinal> SearchIndex::candidates(std::string_view text) const {
    std::span<const Ordinal> fewest = ordinals_;
    for (std::size_t at = 0; at + shortest <= text.size(); ++at) {
        const auto list = list_of(text, at);
        const auto size = begins_[list + 1] - begins_[list];
        if (at == 0 || size < fewest.size()) {
            fewest = std::span(ordinals_).subspan(begins_[list], size);
        }
    }
    return fewest;
}

std::uint32_t SearchIndex::list_of(std::string_view text, std::size_t at) const {
    const auto byte = [&](std::size_t offset) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + offset]));
    };
    // Multiplicative hashing spreads the letters' narrow range over the lists.
    const auto trigram = byte(0) << 16U | byte(1) << 8U | byte(2);
    return (trigram * 2654435761U >> 12U) & mask_;
}

}  // namespace chr21::memory
