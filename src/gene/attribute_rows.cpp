#include "gene/attribute_rows.hpp"

#include "text/number_text.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace chr21 {

std::optional<AttributeRows> AttributeRows::unpack(std::string_view packed) {
    const auto numbers = text::numbers_in(packed);
    if (numbers.empty()) return {};
    const auto is_cell = [](std::int64_t number) { return std::in_range<std::uint32_t>(number); };
    const auto width = numbers.front();
    const auto cells = std::span(numbers).subspan(1);
    if (width < 1 || cells.size() % static_cast<std::uint64_t>(width) != 0) return {};
    if (!std::ranges::all_of(cells, is_cell)) return {};
    AttributeRows rows(static_cast<std::size_t>(width));
    rows.cells_.assign(cells.begin(), cells.end());
    return rows;
}

void AttributeRows::add(std::span<const std::uint32_t> row) {
    if (size() > 0 && std::ranges::equal((*this)[size() - 1], row)) return;
    cells_.insert(cells_.end(), row.begin(), row.end());
}

void AttributeRows::keep_distinct() {
    if (size() < 2) return;
    std::unordered_set<std::string> seen;
    seen.reserve(size());
    std::vector<std::uint32_t> kept;
    std::string one;
    for (std::size_t at = 0; at < size(); ++at) {
        const auto row = (*this)[at];
        one.clear();
        for (const auto cell : row) text::append_number_text(one, cell);
        if (seen.insert(one).second) kept.insert(kept.end(), row.begin(), row.end());
    }
    cells_ = std::move(kept);
}

std::string AttributeRows::pack() const {
    std::string packed;
    text::append_number_text(packed, static_cast<std::uint32_t>(width_));
    for (const auto cell : cells_) text::append_number_text(packed, cell);
    return packed;
}

}  // namespace chr21
