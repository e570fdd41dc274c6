#pragma once

#include "store/memory/sorted_texts.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::memory {

// Finds the genes whose text contains a given text without reading every gene's: each gene is
// listed under every three bytes that follow each other in its text. Trigrams share a fixed number
// of lists by their hash, so a list may name a gene too many, never one too few, and whoever asks
// looks at the text itself.
class SearchIndex {
public:
    // `texts[ordinal]` is a gene's folded text.
    explicit SearchIndex(std::span<const std::string_view> texts);

    // Genes that may contain `text`, in genome order: the shortest list of its trigrams.
    // `text` must have at least `shortest` bytes.
    std::span<const Ordinal> candidates(std::string_view text) const;

    static constexpr std::size_t shortest = 3;

private:
    std::uint32_t list_of(std::string_view text, std::size_t at) const;

    std::uint32_t mask_ = 0;
    std::vector<std::uint32_t> begins_;  // list i holds ordinals_[begins_[i] .. begins_[i + 1])
    std::vector<Ordinal> ordinals_;
};

}  // namespace chr21::memory
