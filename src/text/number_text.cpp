#include "text/number_text.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace chr21::text {
namespace {

constexpr std::string_view alphabet =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
constexpr unsigned bits = 5;
constexpr std::uint32_t more = 1U << bits;
constexpr unsigned most_shifted = 60;  // what is longer is damaged, and must not shift too far

constexpr std::array<std::uint8_t, 256> digits = [] {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        table.at(static_cast<unsigned char>(alphabet[i])) = static_cast<std::uint8_t>(i);
    }
    return table;
}();

}  // namespace

void append_number_text(std::string& text, std::uint32_t number) {
    for (; number >= more; number >>= bits) text += alphabet[more | (number & (more - 1))];
    text += alphabet[number];
}

std::vector<std::int64_t> numbers_in(std::string_view text) {
    std::vector<std::int64_t> numbers;
    std::int64_t number = 0;
    unsigned shift = 0;
    for (const char character : text) {
        const std::uint32_t digit = digits.at(static_cast<unsigned char>(character));
        number |= std::int64_t{digit & (more - 1)} << (shift % most_shifted);
        shift += bits;
        if ((digit & more) != 0) continue;
        numbers.push_back(std::exchange(number, 0));
        shift = 0;
    }
    return numbers;
}

}  // namespace chr21::text
