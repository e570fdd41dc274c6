#include "mart/printable.hpp"

#include "text/ascii.hpp"
#include "text/hexadecimal.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace chr21::mart {

std::string to_printable(std::string_view bytes) {
    constexpr auto digits = text::upper_hexadecimal_digits;
    if (!find_invalid_utf8(bytes) && std::ranges::none_of(bytes, text::is_control))
        return std::string(bytes);
    std::string printable;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && !text::is_control(c)) {
            printable += c;
        } else {
            printable.append("\\x").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xfU]);
        }
    }
    return printable;
}

}  // namespace chr21::mart
