#pragma once

#include "text/ascii.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Percent-coding (RFC 3986 section 2.1): "%" and two hexadecimal digits stand for a byte.
namespace chr21::text {

// Absent where a "%" is not followed by two hexadecimal digits. What the bytes mean is not looked
// at: they may be NUL, or no UTF-8.
std::optional<std::string> percent_decoded(std::string_view text);

// RFC 3986 section 2.3: these mean the same encoded or not, in every part of a URL.
constexpr bool is_unreserved(char byte) {
    return is_letter(byte) || is_digit(byte) || byte == '-' || byte == '.' || byte == '_' ||
           byte == '~';
}

// "%2F" for "/"
void append_percent_encoded_byte(std::string& out, char byte);

// Appends `text`, encoding every byte that `is_plain` does not let through.
template <std::predicate<char> IsPlain>
void append_percent_encoded(std::string& out, std::string_view text, IsPlain is_plain) {
    while (!text.empty()) {
        const auto* const odd = std::ranges::find_if_not(text, is_plain);
        const auto plain = static_cast<std::size_t>(odd - text.begin());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) return;
        append_percent_encoded_byte(out, text.front());
        text.remove_prefix(1);
    }
}

// Text made safe for any part of a URL, unless told which bytes may stay plain.
template <std::predicate<char> IsPlain = decltype(&is_unreserved)>
std::string percent_encoded(std::string_view text, IsPlain is_plain = &is_unreserved) {
    std::string encoded;
    append_percent_encoded(encoded, text, is_plain);
    return encoded;
}

}  // namespace chr21::text
