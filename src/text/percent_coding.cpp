#include "text/percent_coding.hpp"

#include "text/hexadecimal.hpp"

namespace chr21::text {

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded(text.substr(0, text.find('%')));  // most text is sent plain
    text.remove_prefix(decoded.size());
    while (!text.empty()) {
        const auto digits = text.substr(1, 2);
        const auto high = digits.size() == 2 ? hexadecimal_value(digits[0]) : std::nullopt;
        const auto low = high ? hexadecimal_value(digits[1]) : std::nullopt;
        if (!low) return std::nullopt;
        decoded += static_cast<char>(*high * 16 + *low);
        text.remove_prefix(3);
        const auto plain = std::min(text.find('%'), text.size());
        decoded.append(text.substr(0, plain));
        text.remove_prefix(plain);
    }
    return decoded;
}

void append_percent_encoded_byte(std::string& out, char byte) {
    const auto value = static_cast<unsigned char>(byte);
    out += '%';
    out += upper_hexadecimal_digits[value >> 4U];
    out += upper_hexadecimal_digits[value & 0xFU];
}

}  // namespace chr21::text
