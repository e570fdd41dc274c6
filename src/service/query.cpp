#include "service/query.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace chr21::service {

namespace {

std::optional<unsigned> hexadecimal(char digit) {
    if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
    if (digit >= 'A' && digit <= 'F') return static_cast<unsigned>(digit - 'A' + 10);
    if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a' + 10);
    return std::nullopt;
}

bool is_unreserved(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

}  // namespace

Target split_target(std::string_view target) {
    const auto question = target.find('?');
    if (question == std::string_view::npos) return {target, {}};
    return {target.substr(0, question), target.substr(question + 1)};
}

std::vector<QueryPart> split_query(std::string_view query, std::string_view separators) {
    std::vector<QueryPart> parts;
    while (!query.empty()) {
        const auto end = std::min(query.find_first_of(separators), query.size());
        const auto part = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (part.empty()) continue;
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) {
            parts.push_back({part, std::nullopt});
        } else {
            parts.push_back({part.substr(0, equals), part.substr(equals + 1)});
        }
    }
    return parts;
}

std::expected<std::string, std::string_view> percent_decode(std::string_view text, Plus plus) {
    // Most text is sent plain.
    const auto first = plus == Plus::is_space ? text.find_first_of("%+") : text.find('%');
    std::string decoded(text.substr(0, first));
    for (std::size_t at = decoded.size(); at < text.size(); ++at) {
        if (text[at] == '+' && plus == Plus::is_space) {
            decoded += ' ';
        } else if (text[at] == '%') {
            const auto digits = text.substr(at + 1, 2);
            const auto high = digits.size() == 2 ? hexadecimal(digits[0]) : std::nullopt;
            const auto low = high ? hexadecimal(digits[1]) : std::nullopt;
            if (!low) return std::unexpected("has a % without two hexadecimal digits after it");
            decoded += static_cast<char>(*high * 16 + *low);
            at += 2;
        } else {
            decoded += text[at];
        }
    }
    if (decoded.contains('\0')) return std::unexpected("holds a NUL character");
    if (find_invalid_utf8(decoded)) return std::unexpected("is not UTF-8");
    return decoded;
}

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char byte : text) {
        if (is_unreserved(byte)) {
            encoded += byte;
            continue;
        }
        const auto value = static_cast<std::uint8_t>(byte);
        encoded += '%';
        encoded += digits[value >> 4U];
        encoded += digits[value & 15U];
    }
    return encoded;
}

}  // namespace chr21::service
