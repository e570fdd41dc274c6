#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// Which values of one gene stood together in a row of the export: its distinct rows, in the order
// of the file. A row has a cell for each attribute column of the export in the order of
// Dataset::attributes, further columns of one attribute right after its first. A cell is 0 where it
// was empty, else the place of its value among those that the gene has for the attribute, from 1.
class AttributeRows {
public:
    explicit AttributeRows(std::size_t width) : width_(width) {}
    // As pack() made it; absent where it did not.
    static std::optional<AttributeRows> unpack(std::string_view packed);

    // `row` has width() cells. One that follows its like adds nothing.
    void add(std::span<const std::uint32_t> row);
    // Keeps the first of rows that are alike.
    void keep_distinct();

    std::size_t width() const { return width_; }
    std::size_t size() const { return width_ == 0 ? 0 : cells_.size() / width_; }
    std::span<const std::uint32_t> operator[](std::size_t row) const {
        return std::span(cells_).subspan(row * width_, width_);
    }

    // In a few bytes for each row, as Gene has them.
    std::string pack() const;

private:
    std::size_t width_;
    std::vector<std::uint32_t> cells_;  // row after row
};

}  // namespace chr21
