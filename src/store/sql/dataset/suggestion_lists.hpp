#pragma once

#include "store/sql/dataset/gene_lists.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>

namespace chr21::sql {

// The folded texts of the genes, by their place in genome order.
struct FoldedTexts {
    std::vector<std::string> ids;
    std::vector<std::string> names;         // empty where absent
    std::vector<std::string> descriptions;  // likewise
};

// As GeneLists::suggestions() says. `by_id` and `by_name` are the genes in the order of those
// texts, without those that lack a name.
std::map<std::string, ListedGenes> make_suggestion_lists(const FoldedTexts& texts,
                                                         std::span<const std::uint32_t> by_id,
                                                         std::span<const std::uint32_t> by_name);

}  // namespace chr21::sql
