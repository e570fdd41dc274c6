#pragma once

#include "gene/gene_filter.hpp"
#include "store/memory/attribute_index.hpp"
#include "store/memory/columns.hpp"
#include "store/memory/matcher.hpp"
#include "store/memory/place_index.hpp"
#include "store/memory/search_index.hpp"
#include "store/memory/sorted_texts.hpp"

#include <vector>

namespace chr21::memory {

struct Indexes {
    const SortedTexts& ids;
    const SortedTexts& names;
    const PlaceIndex& places;
    const SearchIndex& search;
    const AttributeIndex& attributes;
};

// The genes that `filter` admits, in genome order: read from the index that promises the
// fewest and checked one by one against the rest of the filter.
std::vector<Ordinal> find_matches(const GeneFilter& filter,
                                  const Columns& columns,
                                  const Indexes& indexes);

}  // namespace chr21::memory
