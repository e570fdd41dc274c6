#include "mart/printable.hpp"

#include "text/utf8.hpp"

#include <algorithm>

namespace chr21::mart {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

}  // namespace

std::string to_printable(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    if (!find_invalid_utf8(bytes) && std::ranges::none_of(bytes, is_control))
        return std::string(bytes);
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && !is_control(c)) {
            text += c;
        } else {
            text.append("\\x").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xfU]);
        }
    }
    return text;
}

}  // namespace chr21::mart
