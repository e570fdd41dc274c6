#pragma once

#include <algorithm>
#include <string>
#include <string_view>

// ASCII alone, whatever the locale: header fields, schemes, identifiers. For what people name and
// search, see fold().
namespace chr21::text {

constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

constexpr bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

// What a terminal or a line would take for an order: below the space, and DEL.
constexpr bool is_control(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7F;
}

// A to Z become a to z; every other byte stays.
constexpr char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

constexpr std::string lower_case(std::string_view text) {
    std::string lowered(text);
    std::ranges::transform(lowered, lowered.begin(), lower);
    return lowered;
}

constexpr bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, lower, lower);
}

constexpr bool starts_ignoring_case(std::string_view text, std::string_view beginning) {
    return equal_ignoring_case(text.substr(0, beginning.size()), beginning);
}

}  // namespace chr21::text
