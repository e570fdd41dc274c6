#include "store/nearest.hpp"

#include "text/ascii.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chr21 {
namespace {

constexpr std::size_t longest_number = 15;

std::string digits_of(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), text::is_digit);
    return digits;
}

// The digit that the byte is, or looks like; NUL for all others.
char to_digit(char byte) {
    if (byte == 'o') return '0';
    if (byte == 'i' || byte == 'l') return '1';
    return text::is_digit(byte) ? byte : '\0';
}

// Without spaces, punctuation and what else ASCII has.
std::string plain_bytes(std::string_view text) {
    std::string kept;
    std::ranges::copy_if(text, std::back_inserter(kept), [](char byte) {
        return text::is_letter(byte) || text::is_digit(byte) ||
               static_cast<unsigned char>(byte) >= 0x80;
    });
    return kept;
}

// A stable ID as letters and the number behind them, whose digits may be letters that look so.
struct IdParts {
    std::string letters;
    std::string number;      // without zeros before it
    std::size_t digits = 0;  // as written, zeros and all
};

IdParts parts_of(std::string_view id) {
    IdParts parts{.letters = std::string(id)};
    std::string number;
    while (!parts.letters.empty() && to_digit(parts.letters.back()) != '\0') {
        number.insert(number.begin(), to_digit(parts.letters.back()));
        parts.letters.pop_back();
    }
    parts.digits = number.size();
    parts.number = number.substr(std::min(number.find_first_not_of('0'), number.size()));
    return parts;
}

// The counts of digits that a number may have, the one that it was written with first.
std::vector<std::size_t> widths(const IdParts& parts) {
    std::vector<std::size_t> all;
    for (auto width = std::max<std::size_t>(parts.number.size(), 1); width <= longest_number;
         ++width) {
        all.push_back(width);
    }
    std::ranges::sort(all, {}, [&](std::size_t width) {
        return std::pair(width > parts.digits ? width - parts.digits : parts.digits - width, width);
    });
    return all;
}

}  // namespace

NameNearness nearness_of(std::string_view folded_name,
                         std::string_view folded_text,
                         std::uint64_t gene_order) {
    return {.other_digits = digits_of(folded_name) != digits_of(folded_text),
            .length = folded_name.size(),
            .gene_order = gene_order};
}

std::vector<std::string> corrected_ids(std::string_view folded_id) {
    const auto unversioned = fold_stable_id(folded_id);
    const auto version = folded_id.substr(std::min(unversioned.size(), folded_id.size()));
    std::vector<std::string> corrected;
    const auto add = [&](std::string id) {
        const bool is_new = id != folded_id && id != unversioned &&
                            std::ranges::find(corrected, id) == corrected.end();
        if (is_new) corrected.push_back(std::move(id));
    };
    for (const auto& parts : {parts_of(unversioned), parts_of(plain_bytes(unversioned))}) {
        if (parts.letters.empty() || parts.number.empty()) continue;
        for (const auto width : widths(parts)) {
            auto id = parts.letters + std::string(width - parts.number.size(), '0') + parts.number;
            if (!version.empty()) add(id + std::string(version));
            add(std::move(id));
        }
    }
    return corrected;
}

}  // namespace chr21
