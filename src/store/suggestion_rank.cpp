#include "store/suggestion_rank.hpp"

#include "text/ascii.hpp"
#include "text/typo.hpp"

#include <limits>

namespace chr21 {
namespace {

bool is_word_byte(char byte) {
    return text::is_letter(byte) || text::is_digit(byte) ||
           static_cast<unsigned char>(byte) >= 0x80;
}

}  // namespace

bool has_word_prefix(std::string_view folded_description, std::string_view folded_text) {
    auto at = folded_description.find(folded_text);
    while (at != std::string_view::npos) {
        if (at == 0 || !is_word_byte(folded_description[at - 1])) return true;
        at = folded_description.find(folded_text, at + 1);
    }
    return false;
}

std::optional<SuggestionKind> suggestion_kind(std::string_view folded_text,
                                              std::string_view folded_id,
                                              std::string_view folded_name,
                                              std::string_view folded_description) {
    if (folded_text.empty()) return std::nullopt;
    if (folded_id == folded_text || folded_name == folded_text) return SuggestionKind::exact;
    if (folded_id.starts_with(folded_text) || folded_name.starts_with(folded_text)) {
        return SuggestionKind::prefix;
    }
    if (has_word_prefix(folded_description, folded_text)) return SuggestionKind::description;
    if (folded_text.size() >= shortest_typo_text && within_one_typo(folded_text, folded_name)) {
        return SuggestionKind::typo;
    }
    return std::nullopt;
}

std::size_t suggestion_length(std::string_view folded_name) {
    return folded_name.empty() ? std::numeric_limits<std::size_t>::max() : folded_name.size();
}

}  // namespace chr21
