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
        } else if (c == '\t') {
            printable += "\\t";
        } else {
            printable.append("\\x").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xfU]);
        }
    }
    return printable;
}

std::string shortened(std::string_view bytes, std::size_t most) {
    auto text = to_printable(bytes.substr(0, most * 4));
    if (text.size() <= most) return text;
    text.resize(most);
    text.resize(find_invalid_utf8(text).value_or(most));
    return text + "...";
}

std::string quoted(std::string_view value) {
    constexpr std::size_t most = 60;
    return '"' + shortened(value, most) + '"';
}

}  // namespace chr21::mart
