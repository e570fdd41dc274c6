#pragma once

#include "gene/gene_filter.hpp"
#include "store/memory/attribute_index.hpp"
#include "store/memory/columns.hpp"

#include <span>
#include <vector>

namespace chr21::memory {

// One filter made ready for one catalog: admits the same genes as admits() does.
class Matcher {
public:
    // Keeps references to the filter and the columns.
    Matcher(const GeneFilter& filter, const Columns& columns, const AttributeIndex& attributes);

    bool admits(Ordinal ordinal) const;

    // What `searches` look in, read from `search_in`.
    struct SearchedColumns {
        bool id = false;
        bool name = false;
        bool description = false;
        std::vector<Ordinal> genes_by_attribute = {};  // where an attribute's value is found
    };
    const SearchedColumns& searched() const { return searched_; }
    // For each part of the filter's attributes the genes that it admits.
    std::span<const std::vector<Ordinal>> by_attribute() const { return by_attribute_; }

private:
    bool admits_place(const GeneRecord& record) const;
    bool admits_length(const GeneRecord& record) const;
    bool admits_texts(Ordinal ordinal) const;
    bool admits_search(Ordinal ordinal) const;

    const GeneFilter& filter_;
    const Columns& columns_;
    bool asks_for_types_ = false;
    std::vector<bool> gene_types_;   // by number, whether the filter admits it
    std::vector<bool> chromosomes_;  // likewise
    std::vector<std::vector<Ordinal>> by_attribute_;
    SearchedColumns searched_;
};

}  // namespace chr21::memory
