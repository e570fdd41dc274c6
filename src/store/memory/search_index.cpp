#include "store/memory/search_index.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace chr21::memory {

namespace {

constexpr std::size_t fewest_lists = 1U << 12U;
constexpr std::size_t most_lists = 1U << 18U;

constexpr unsigned bits = 7;
constexpr std::uint8_t more = 1U << bits;

std::size_t size_of(std::uint32_t step) {
    return (static_cast<std::size_t>(std::bit_width(step | 1U)) + bits - 1) / bits;
}

std::uint8_t* write_step(std::uint8_t* to, std::uint32_t step) {
    for (; step >= more; step >>= bits) *to++ = static_cast<std::uint8_t>(step | more);
    *to++ = static_cast<std::uint8_t>(step);
    return to;
}

// Calls visit(ordinal) for each gene of a list.
template <class Visit>
void for_each(std::span<const std::uint8_t> list, Visit visit) {
    Ordinal next = 0;  // one more than the ordinal before
    for (std::size_t at = 0; at < list.size(); ++at) {
        std::uint32_t step = list[at] & (more - 1U);
        for (unsigned shift = bits; (list[at] & more) != 0; shift += bits) {
            step |= (list[++at] & (more - 1U)) << shift;
        }
        next += step;
        visit(next - 1);
    }
}

void keep_those_on(std::span<const std::uint8_t> list, std::vector<Ordinal>& candidates) {
    auto kept = candidates.begin();
    auto at = candidates.begin();
    for_each(list, [&](Ordinal ordinal) {
        while (at != candidates.end() && *at < ordinal) ++at;
        if (at != candidates.end() && *at == ordinal) *kept++ = *at++;
    });
    candidates.erase(kept, candidates.end());
}

}  // namespace

SearchIndex::SearchIndex(TextColumn texts)
    : mask_(static_cast<std::uint32_t>(
          std::bit_ceil(std::clamp(texts.size(), fewest_lists, most_lists)) - 1)),
      begins_(mask_ + std::size_t{2}) {
    // Calls visit(list, step) once for each list that each text belongs to.
    const auto for_each_step = [this, texts](auto visit) {
        std::vector<Ordinal> last(mask_ + std::size_t{1});  // one more than the list's last gene
        for (Ordinal ordinal = 0; ordinal < texts.size(); ++ordinal) {
            const auto text = texts[ordinal];
            for (std::size_t at = 0; at + shortest <= text.size(); ++at) {
                const auto list = list_of(text, at);
                if (last[list] == ordinal + 1) continue;
                visit(list, ordinal + 1 - last[list]);
                last[list] = ordinal + 1;
            }
        }
    };
    for_each_step([this](auto list, auto step) { begins_[list + 1] += size_of(step); });
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    steps_.resize(begins_.back());
    std::vector<std::uint64_t> next(begins_.begin(), begins_.end() - 1);
    for_each_step([&](auto list, auto step) {
        auto* const end = write_step(steps_.data() + next[list], step);
        next[list] = static_cast<std::uint64_t>(end - steps_.data());
    });
}

SearchIndex::SearchIndex(ArrayFileReader& file)
    : begins_(file.take<std::uint64_t>()), steps_(file.take<std::uint8_t>()) {
    ArrayFileReader::require(begins_.size() > fewest_lists &&
                             std::has_single_bit(begins_.size() - 1) &&
                             std::ranges::is_sorted(begins_) && begins_.back() == steps_.size());
    mask_ = static_cast<std::uint32_t>(begins_.size() - 2);
}

void SearchIndex::write(ArrayFileWriter& file) const {
    file.put(begins_);
    file.put(steps_);
}

SearchIndex::List SearchIndex::list(std::uint32_t number) const {
    return std::span(steps_).subspan(begins_[number], begins_[number + 1] - begins_[number]);
}

std::vector<Ordinal> SearchIndex::candidates(std::string_view text) const {
    std::vector<List> lists;
    for (std::size_t at = 0; at + shortest <= text.size(); ++at) {
        lists.push_back(list(list_of(text, at)));
    }
    std::ranges::sort(lists, {}, &List::size);
    std::vector<Ordinal> candidates;
    for_each(lists.front(), [&candidates](Ordinal ordinal) { candidates.push_back(ordinal); });
    // Looking at a candidate's text costs as much as reading that many bytes of a list.
    constexpr std::size_t worth = 16;
    for (const auto& other : std::span(lists).subspan(1)) {
        if (other.size() > worth * candidates.size()) break;
        keep_those_on(other, candidates);
    }
    return candidates;
}

std::size_t SearchIndex::most_candidates(std::string_view text) const {
    auto fewest = steps_.size();
    for (std::size_t at = 0; at + shortest <= text.size(); ++at) {
        fewest = std::min(fewest, list(list_of(text, at)).size());
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
