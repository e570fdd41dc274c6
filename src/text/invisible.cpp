#include "text/invisible.hpp"

#include "text/utf8.hpp"

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

bool is_invisible(utf8proc_int32_t code) {
    constexpr utf8proc_int32_t next_line = 0x85;
    if (code < 0) return false;
    if (code < 0x80) return code == ' ' || (code >= '\t' && code <= '\r');
    const auto category = utf8proc_category(code);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CF ||
           code == next_line;
}

bool is_odd_dash(utf8proc_int32_t code) {
    constexpr utf8proc_int32_t minus_sign = 0x2212;
    return code >= 0x80 && (code == minus_sign || utf8proc_category(code) == UTF8PROC_CATEGORY_PD);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty()) {
        const auto [code, size] = first_of(text);
        if (!is_invisible(code)) break;
        text.remove_prefix(size);
    }
    while (!text.empty()) {
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
