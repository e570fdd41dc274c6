#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace chr21 {

// The sixteen lower-case hexadecimal digits of a number, the most significant first.
inline std::array<char, 16> hexadecimal(std::uint64_t number) {
    // Spreads eight hexadecimal digits over eight bytes, then makes each a letter: a digit above 9
    // carries into its byte's high half when 6 is added.
    const auto spread = [](std::uint64_t eight) {
        eight = (eight | eight << 16U) & 0x0000FFFF0000FFFFU;
        eight = (eight | eight << 8U) & 0x00FF00FF00FF00FFU;
        return (eight | eight << 4U) & 0x0F0F0F0F0F0F0F0FU;
    };
    std::array<char, 16> digits{};
    const std::array halves{number >> 32U, number & 0xFFFFFFFFU};
    for (std::size_t half = 0; half < halves.size(); ++half) {
        const auto values = spread(halves[half]);
        const auto letters = ((values + 0x0606060606060606U) >> 4U) & 0x0101010101010101U;
        const auto text = values + 0x3030303030303030U + letters * ('a' - '0' - 10);
        const auto first_letter_first =
            std::endian::native == std::endian::little ? std::byteswap(text) : text;
        std::memcpy(digits.data() + (half * sizeof(text)), &first_letter_first, sizeof(text));
    }
    return digits;
}

}  // namespace chr21
