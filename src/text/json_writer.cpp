#include "text/json_writer.hpp"

#include "text/hexadecimal.hpp"

#include <array>
#include <cstddef>

#include <utf8proc.h>

namespace chr21::text {
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

// Bytes at the front of `text` that are copied as they are.
std::size_t clean_length(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const char treatment = treatments[static_cast<unsigned char>(text[at])];
        if (treatment == plain) {
            ++at;
            continue;
        }
        const auto length = treatment == beyond_ascii ? character_length(text.substr(at)) : 0;
        if (length == 0) break;
        at += length;
    }
    return at;
}

void append_treated(std::string& out, unsigned char byte) {
    const char treatment = treatments[byte];
    if (treatment == beyond_ascii) {
        out += "\xEF\xBF\xBD";
    } else if (treatment == numbered) {
        out += "\\u00";
        out += hexadecimal_digits[byte >> 4U];
        out += hexadecimal_digits[byte & 0xFU];
    } else {
        out += '\\';
        out += treatment;
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    for (;;) {
        const auto clean = clean_length(text);
        out.append(text.substr(0, clean));
        if (clean == text.size()) break;
        append_treated(out, static_cast<unsigned char>(text[clean]));
        text.remove_prefix(clean + 1);
    }
    out += '"';
}

}  // namespace chr21::text
