#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chr21::text {

inline constexpr std::string_view hexadecimal_digits = "0123456789abcdef";
inline constexpr std::string_view upper_hexadecimal_digits = "0123456789ABCDEF";

// What a digit of either case counts; absent where it is none.
constexpr std::optional<unsigned> hexadecimal_value(char digit) {
    if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
    if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a' + 10);
    if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A' + 10);
    return std::nullopt;
}

// The sixteen lower-case digits of a number, the most significant first.
constexpr std::array<char, 16> hexadecimal(std::uint64_t number) {
    std::array<char, 16> digits{};
    for (std::size_t at = digits.size(); at-- > 0; number >>= 4U) {
        digits[at] = hexadecimal_digits[number & 0xFU];
    }
    return digits;
}

// Two lower-case digits for each byte.
constexpr std::string hexadecimal(std::span<const unsigned char> bytes) {
    std::string digits;
    digits.reserve(2 * bytes.size());
    for (const unsigned char byte : bytes) {
        digits += hexadecimal_digits[byte >> 4U];
        digits += hexadecimal_digits[byte & 0xFU];
    }
    return digits;
}

}  // namespace chr21::text
