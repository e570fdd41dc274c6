#pragma once

#include "store/memory/array_file.hpp"
#include "store/memory/text_column.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace chr21::memory {

// Texts in byte order, known by their numbers. Finds equal texts in a step or two however many
// there are, and texts with a common beginning in a number of steps that grows with the
// logarithm of their count.
class SortedTexts {
public:
    // The texts of `numbers` in `column`, whose memory outlives this.
    SortedTexts(TextColumn column, std::vector<std::uint32_t> numbers);
    // As write() left them. Throws ArrayFileFault.
    SortedTexts(TextColumn column, ArrayFileReader& file);

    void write(ArrayFileWriter& file) const;

    // The numbers of exactly this text, least first.
    std::span<const std::uint32_t> equal(std::string_view text) const;
    // The numbers of texts that begin with this one.
    std::span<const std::uint32_t> beginning_with(std::string_view prefix) const;
    // In byte order, equal texts by number.
    std::span<const std::uint32_t> all() const { return numbers_; }

private:
    std::size_t slot_of(std::string_view text) const;
    void make_slots();

    TextColumn column_;
    std::vector<std::uint32_t> numbers_;
    // A hash table with open addressing: where in `numbers_` each distinct text is found first.
    std::vector<std::uint32_t> slots_;
};

}  // namespace chr21::memory
