#include "text/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <utf8proc.h>

namespace chr21 {

bool is_ascii(std::string_view text) {
    constexpr auto eight = sizeof(std::uint64_t);
    const auto eight_at = [text](std::size_t at) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data() + at, eight);
        return bytes;
    };
    std::uint64_t seen = 0;
    if (text.size() < eight) {
        for (const char byte : text) seen |= static_cast<unsigned char>(byte);
    } else {
        for (std::size_t at = 0; at + eight < text.size(); at += eight) seen |= eight_at(at);
        seen |= eight_at(text.size() - eight);
    }
    return (seen & 0x8080808080808080U) == 0;
}

namespace {

// A character's first byte is none of these.
bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::size_t count_characters(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues));
}

std::string_view first_characters(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && continues(text[bytes])) --bytes;
    return text.substr(0, bytes);
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
    if (is_ascii(text)) return std::nullopt;
    const auto is_plain = [](char byte) { return (static_cast<unsigned char>(byte) & 0x80U) == 0; };
    std::size_t at = 0;
    while (at < text.size()) {
        const auto rest = text.substr(at);
        const auto* const other = std::ranges::find_if_not(rest, is_plain);
        if (other == rest.end()) return std::nullopt;
        at += static_cast<std::size_t>(other - rest.begin());
        utf8proc_int32_t code_point = 0;
        const auto taken =
            utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                             static_cast<utf8proc_ssize_t>(text.size() - at),
                             &code_point);
        if (taken <= 0) return at;
        at += static_cast<std::size_t>(taken);
    }
    return std::nullopt;
}

}  // namespace chr21
