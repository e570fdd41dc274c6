#pragma once

#include "gene/gene_filter.hpp"
#include "store/gene_store.hpp"
#include "store/memory/place_index.hpp"
#include "store/memory/search_index.hpp"
#include "store/memory/sorted_texts.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace chr21::memory {

// What a filter is checked against: genes in genome order and their folded texts, by ordinal.
// All views outlive their users.
struct Columns {
    std::span<const GeneRecord> records;
    std::span<const std::string_view> folded_ids;
    std::span<const std::string_view> folded_names;
    std::span<const std::string_view> folded_descriptions;
    std::span<const std::string_view> search_texts;  // name, NUL, description: NUL is in no search
    std::span<const std::string_view> gene_types;    // distinct folded gene types
    std::span<const std::uint32_t> gene_type_numbers;  // into gene_types; no_gene_type where absent

    static constexpr std::uint32_t no_gene_type = 0xFFFFFFFF;
};

// One filter made ready for one catalog: admits the same genes as admits() does.
class Matcher {
public:
    Matcher(const GeneFilter& filter, const Columns& columns);
    bool admits(Ordinal ordinal) const;

private:
    bool admits_texts(Ordinal ordinal) const;
    bool admits_place(const Gene& gene) const;

    const GeneFilter& filter_;
    const Columns& columns_;
    std::vector<bool> gene_types_;  // by number, whether the filter admits it
};

struct Indexes {
    const SortedTexts& ids;
    const SortedTexts& names;
    const PlaceIndex& places;
    const SearchIndex& search;
};

// The genes that `filter` admits, in genome order: read from the index that promises the
// fewest and checked one by one against the rest of the filter.
std::vector<Ordinal> find_matches(const GeneFilter& filter,
                                  const Columns& columns,
                                  const Indexes& indexes);

}  // namespace chr21::memory
