#include "text/invisible.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <utf8proc.h>

namespace chr21::text {

namespace {

struct Character {
    utf8proc_int32_t code = -1;
    std::size_t size = 1;  // bytes
};

Character first_of(std::string_view text) {
    Character one;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()),
                                       &one.code);
    if (size > 0) one.size = static_cast<std::size_t>(size);
    return one;
}

Character last_of(std::string_view text) {
    const auto continues = [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
    };
    auto begin = text.size() - 1;
    while (begin > 0 && continues(text[begin])) --begin;
    auto one = first_of(text.substr(begin));
    if (one.size != text.size() - begin) one = {};  // no UTF-8
    return one;
}

struct Range {
    utf8proc_int32_t first;
    utf8proc_int32_t last;
};

// Spaces, line ends, and what has no width: soft hyphen, joiners, directions, byte order mark.
constexpr auto invisible = std::to_array<Range>({
    {0x09, 0x0D},
    {0x20, 0x20},
    {0x85, 0x85},
    {0xA0, 0xA0},
    {0xAD, 0xAD},
    {0x1680, 0x1680},
    {0x180E, 0x180E},
    {0x2000, 0x200F},
    {0x2028, 0x202F},
    {0x205F, 0x206F},
    {0x3000, 0x3000},
    {0xFEFF, 0xFEFF},
});

bool is_invisible(utf8proc_int32_t code) {
    return std::ranges::any_of(invisible, [code](const Range& range) {
        return range.first <= code && code <= range.last;
    });
}

// Of what all but some texts begin and end with.
bool is_plainly_visible(char byte) { return byte > ' ' && byte < '\x7F'; }

bool is_odd_dash(utf8proc_int32_t code) {
    constexpr utf8proc_int32_t minus_sign = 0x2212;
    return code >= 0x80 && (code == minus_sign || utf8proc_category(code) == UTF8PROC_CATEGORY_PD);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && !is_plainly_visible(text.front())) {
        const auto [code, size] = first_of(text);
        if (!is_invisible(code)) break;
        text.remove_prefix(size);
    }
    while (!text.empty() && !is_plainly_visible(text.back())) {
        const auto [code, size] = last_of(text);
        if (!is_invisible(code)) break;
        text.remove_suffix(size);
    }
    return text;
}

std::optional<std::string> with_plain_dashes(std::string_view text) {
    if (is_ascii(text)) return {};
    std::string plain;
    bool had_one = false;
    while (!text.empty()) {
        const auto [code, size] = first_of(text);
        const bool is_odd = is_odd_dash(code);
        plain.append(is_odd ? std::string_view("-") : text.substr(0, size));
        had_one = had_one || is_odd;
        text.remove_prefix(size);
    }
    if (!had_one) return {};
    return plain;
}

}  // namespace chr21::text
