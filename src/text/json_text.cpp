#include "text/json_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <utf8proc.h>

namespace chr21 {
namespace {

// What becomes of a byte: `plain` is copied, `beyond_ascii` is copied if it begins a character,
// `numbered` is written \u00XX, and any other value is the letter after a backslash.
constexpr char plain = 0;
constexpr char beyond_ascii = 1;
constexpr char numbered = 'u';

constexpr std::array<char, 256> treatments = [] {
    std::array<char, 256> table{};
    for (std::size_t byte = 0; byte < 0x20; ++byte) table[byte] = numbered;
    for (std::size_t byte = 0x80; byte < 0x100; ++byte) table[byte] = beyond_ascii;
    table['"'] = '"';
    table['\\'] = '\\';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    return table;
}();

// Bytes of the UTF-8 character that `text` begins with; 0 when it begins with none.
std::size_t character_length(std::string_view text) {
    utf8proc_int32_t code_point = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()),
                                         &code_point);
    return length > 0 ? static_cast<std::size_t>(length) : 0;
}

// Bytes at the front of `text` that can be copied together; 0 when the first cannot.
std::size_t clean_length(std::string_view text, char treatment) {
    if (treatment == plain) return 1;
    return treatment == beyond_ascii ? character_length(text) : 0;
}

void append_treated(std::string& out, unsigned char byte, char treatment) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (treatment == beyond_ascii) {
        out += "\xEF\xBF\xBD";
    } else if (treatment == numbered) {
        out += "\\u00";
        out += digits[byte / 16U];
        out += digits[byte % 16U];
    } else {
        out += '\\';
        out += treatment;
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const char treatment = treatments[byte];
        const std::size_t clean = clean_length(text.substr(at), treatment);
        if (clean == 0) {
            out.append(text, copied, at - copied);
            append_treated(out, byte, treatment);
            copied = at + 1;
        }
        at += std::max<std::size_t>(clean, 1);
    }
    out.append(text, copied);
    out += '"';
}

}  // namespace chr21
