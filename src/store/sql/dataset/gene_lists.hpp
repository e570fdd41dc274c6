#pragma once

#include "gene/gene.hpp"
#include "gene/sort.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::sql {

// Genes by their place in genome order, from 0.
using ListedGenes = std::vector<std::uint32_t>;

// A sort by one field as gene_sort numbers it.
constexpr std::int64_t number_of(const SortKey& key) {
    return (2 * std::int64_t{std::to_underlying(key.field)}) + (key.descending ? 1 : 0);
}

inline constexpr std::size_t sort_keys = 10;

// Genes of one piece of a sorted list.
inline constexpr std::size_t genes_of_piece = 1000;

// So many genes a stored suggestion list has at most.
inline constexpr std::size_t most_suggested = 50;

// A text of fewer bytes has a stored list if it suggests anything but typos.
inline constexpr std::size_t shortest_unlisted_text = 3;

// Orders as one text, in their order: for lists that do not rise.
std::string to_list(std::span<const std::uint32_t> orders);
std::vector<std::int64_t> from_list(std::string_view list);

// What a dataset keeps made answers of, collected from its genes in genome order.
class GeneLists {
public:
    explicit GeneLists(std::span<const Gene* const> genes);

    // The folded gene types and the genes of each, rising.
    const std::map<std::string, ListedGenes>& types() const { return types_; }
    // All genes in the order of number_of() a sort key.
    const std::array<ListedGenes, sort_keys>& sorted() const { return sorted_; }
    // The best genes, in no order, for each folded text that more than 1,000 names and stable IDs
    // begin with, and for each text of one or two bytes that has any.
    const std::map<std::string, ListedGenes>& suggestions() const { return suggestions_; }

private:
    std::map<std::string, ListedGenes> types_;
    std::array<ListedGenes, sort_keys> sorted_;
    std::map<std::string, ListedGenes> suggestions_;
};

}  // namespace chr21::sql
