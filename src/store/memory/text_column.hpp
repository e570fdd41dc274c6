#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace chr21::memory {

// A gene's place in genome order within one catalog, from 0.
using Ordinal = std::uint32_t;

// One text for each number from 0 on, out of a piece of memory where `stride` texts of every number
// follow each other. Owns nothing.
struct TextColumn {
    std::string_view arena;
    std::span<const std::uint32_t> begins;  // of all texts, and where the last one ends
    std::uint32_t stride = 1;
    std::uint32_t first = 0;  // begins here among the number's texts
    std::uint32_t last = 1;   // and ends where this one begins
    std::uint32_t cut = 0;    // bytes at the end that do not belong to it

    std::size_t size() const { return (begins.size() - 1) / stride; }
    std::string_view operator[](std::size_t number) const {
        const auto begin = begins[(number * stride) + first];
        const auto end = begins[(number * stride) + last] - cut;
        return {arena.data() + begin, end - begin};
    }
};

}  // namespace chr21::memory
