#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <limits>
#include <string>

namespace chr21::text {

// In decimal.
template <std::integral Number>
void append_number(std::string& out, Number number) {
    std::array<char, std::numeric_limits<Number>::digits10 + 2> digits{};
    out.append(digits.data(),
               std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

// In decimal without an exponent, with the fewest digits that are read back as this number; it must
// be finite.
inline void append_number(std::string& out, double number) {
    constexpr std::size_t longest = 350;  // of the smallest, 1e-323, and of the largest
    std::array<char, longest> digits{};
    const auto written = std::to_chars(
        digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
    out.append(digits.data(), written.ptr);
}

}  // namespace chr21::text
