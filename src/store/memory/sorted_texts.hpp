#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::memory {

// A gene's place in genome order within one catalog, from 0.
using Ordinal = std::uint32_t;

// Folded texts in byte order, each with the gene it belongs to: finds equal texts and texts
// with a common beginning in a number of steps that grows with the logarithm of their count.
class SortedTexts {
public:
    struct Entry {
        std::string_view text;
        Ordinal ordinal;
    };

    // The texts belong to somebody who outlives this.
    explicit SortedTexts(std::vector<Entry> entries);

    // Entries with exactly this text, in genome order.
    std::span<const Entry> equal(std::string_view text) const;
    // Entries whose text begins with this one.
    std::span<const Entry> beginning_with(std::string_view prefix) const;

private:
    std::vector<Entry> entries_;
};

}  // namespace chr21::memory
