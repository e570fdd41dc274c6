#pragma once

#include "store/memory/array_file.hpp"
#include "store/memory/text_column.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace chr21::memory {

// Finds the genes whose text contains a given text without reading every gene's: each gene is
// listed under every three bytes that follow each other in its text. Trigrams share a fixed number
// of lists by their hash, so a list may name a gene too many, never one too few, and whoever asks
// looks at the text itself. A list keeps the steps from gene to gene, seven bits to a byte.
class SearchIndex {
public:
    // The texts by ordinal.
    explicit SearchIndex(TextColumn texts);
    // As write() left it. Throws ArrayFileFault.
    explicit SearchIndex(ArrayFileReader& file);

    void write(ArrayFileWriter& file) const;

    // Genes that may contain `text`, in genome order: those on the lists of its rarest trigrams.
    // `text` must have at least `shortest` bytes.
    std::vector<Ordinal> candidates(std::string_view text) const;
    // At most so many candidates.
    std::size_t most_candidates(std::string_view text) const;

    static constexpr std::size_t shortest = 3;

private:
    using List = std::span<const std::uint8_t>;

    std::uint32_t list_of(std::string_view text, std::size_t at) const;
    List list(std::uint32_t number) const;

    std::uint32_t mask_ = 0;
    std::vector<std::uint64_t> begins_;  // list i is steps_[begins_[i] .. begins_[i + 1])
    std::vector<std::uint8_t> steps_;
};

}  // namespace chr21::memory
