#include "store/memory/sorted_texts.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <utility>

namespace chr21::memory {

namespace {

constexpr auto empty = std::numeric_limits<std::uint32_t>::max();

std::size_t common_beginning(TextColumn column, std::span<const std::uint32_t> numbers) {
    if (numbers.empty()) return 0;
    const auto first = column[numbers.front()];
    auto common = first.size();
    for (const auto number : numbers) {
        const auto text = column[number];
        const auto* const end = std::ranges::mismatch(first.substr(0, common), text).in1;
        common = static_cast<std::size_t>(end - first.begin());
    }
    return common;
}

// The first eight bytes as a number that compares as they do; shorter texts are filled with zeros.
std::uint64_t to_key(std::string_view text) {
    std::uint64_t key = 0;
    for (std::size_t at = 0; at < sizeof key; ++at) {
        key = key << 8U | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0U);
    }
    return key;
}

// Most texts differ in the eight bytes after what all of them share, so comparing those as
// numbers spares most looks at the texts.
void sort(TextColumn column, std::vector<std::uint32_t>& numbers) {
    struct Keyed {
        std::uint64_t key;
        std::uint32_t number;
    };
    const auto common = common_beginning(column, numbers);
    std::vector<Keyed> keyed;
    keyed.reserve(numbers.size());
    for (const auto number : numbers) {
        keyed.push_back({to_key(column[number].substr(common)), number});
    }
    std::ranges::sort(keyed, [column](const Keyed& left, const Keyed& right) {
        if (left.key != right.key) return left.key < right.key;
        const auto order = column[left.number] <=> column[right.number];
        return order != 0 ? order < 0 : left.number < right.number;
    });
    std::ranges::transform(keyed, numbers.begin(), &Keyed::number);
}

}  // namespace

SortedTexts::SortedTexts(TextColumn column, std::vector<std::uint32_t> numbers)
    : column_(column), numbers_(std::move(numbers)) {
    numbers_.shrink_to_fit();
    sort(column_, numbers_);
    make_slots();
}

SortedTexts::SortedTexts(TextColumn column, ArrayFileReader& file)
    : column_(column), numbers_(file.take<std::uint32_t>()), slots_(file.take<std::uint32_t>()) {
    const auto is_of_column = [&](std::uint32_t number) { return number < column_.size(); };
    const auto is_of_numbers = [&](std::uint32_t at) {
        return at == empty || at < numbers_.size();
    };
    ArrayFileReader::require(std::ranges::all_of(numbers_, is_of_column) &&
                             std::ranges::all_of(slots_, is_of_numbers) &&
                             std::has_single_bit(slots_.size()) && slots_.size() > numbers_.size());
}

void SortedTexts::write(ArrayFileWriter& file) const {
    file.put(numbers_);
    file.put(slots_);
}

void SortedTexts::make_slots() {
    slots_.assign(std::bit_ceil((numbers_.size() * 4 / 3) + 1), empty);
    for (std::size_t at = 0; at < numbers_.size(); ++at) {
        const auto text = column_[numbers_[at]];
        if (at > 0 && column_[numbers_[at - 1]] == text) continue;
        slots_[slot_of(text)] = static_cast<std::uint32_t>(at);
    }
}

// The slot of the text or, where the text is not there, the empty one that it would take.
std::size_t SortedTexts::slot_of(std::string_view text) const {
    const auto mask = slots_.size() - 1;
    auto slot = std::hash<std::string_view>{}(text)&mask;
    while (slots_[slot] != empty && column_[numbers_[slots_[slot]]] != text) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

std::span<const std::uint32_t> SortedTexts::equal(std::string_view text) const {
    const auto first = slots_[slot_of(text)];
    if (first == empty) return {};
    std::size_t last = first + std::size_t{1};
    while (last < numbers_.size() && column_[numbers_[last]] == text) ++last;
    return std::span(numbers_).subspan(first, last - first);
}

std::span<const std::uint32_t> SortedTexts::beginning_with(std::string_view prefix) const {
    return std::ranges::equal_range(numbers_, prefix, {}, [this, prefix](std::uint32_t number) {
        return column_[number].substr(0, prefix.size());
    });
}

}  // namespace chr21::memory
