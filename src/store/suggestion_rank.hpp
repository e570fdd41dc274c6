#pragma once

#include "store/gene_store.hpp"
#include "store/nearest.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace chr21 {

// How a gene completes what somebody is typing; absent when it does not. All texts are
// fold()ed; an absent name or description is empty. Empty text suggests nothing, and a typo is
// looked for from 3 bytes on. The best kind wins.
std::optional<SuggestionKind> suggestion_kind(std::string_view folded_text,
                                              std::string_view folded_id,
                                              std::string_view folded_name,
                                              std::string_view folded_description);

// What orders suggestions of one kind, before genome order does: the bytes of the folded name,
// and a gene without a name after all others.
std::size_t suggestion_length(std::string_view folded_name);

// Whether a word of the description begins with the text. A word begins at the start and after
// every ASCII byte that is not a letter or digit.
bool has_word_prefix(std::string_view folded_description, std::string_view folded_text);

}  // namespace chr21
