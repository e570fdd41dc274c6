#pragma once

#include <array>
#include <cstdint>

namespace chr21 {

// The sixteen lower-case hexadecimal digits of a number, the most significant first.
inline std::array<char, 16> hexadecimal(std::uint64_t number) {
    std::array<char, 16> digits{};
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number >>= 4U) {
        *digit = "0123456789abcdef"[number & 15U];
    }
    return digits;
}

}  // namespace chr21
