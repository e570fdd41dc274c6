#include "mart/unicode_form.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace chr21::mart {
namespace {

struct Form {
    std::string_view name;
    std::string_view mark;
    std::size_t unit;   // bytes
    std::size_t place;  // of the byte of a unit that is not NUL in ASCII text
};

constexpr std::string_view little_32("\xFF\xFE\0\0", 4);
constexpr std::string_view big_32("\0\0\xFE\xFF", 4);

// Longer marks first, since one begins with another.
constexpr auto forms = std::to_array<Form>({{"UTF-32LE", little_32, 4, 0},
                                            {"UTF-32BE", big_32, 4, 3},
                                            {"UTF-16LE", "\xFF\xFE", 2, 0},
                                            {"UTF-16BE", "\xFE\xFF", 2, 1}});

bool is_text_letter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= ' ' && byte < 0x7F) || c == '\t' || c == '\r' || c == '\n';
}

bool is_ascii_in(const Form& form, std::string_view bytes) {
    constexpr std::size_t looked_at = 256;
    constexpr std::size_t fewest = 8;  // units
    const auto size = std::min(bytes.size(), looked_at) / form.unit * form.unit;
    if (size < fewest * form.unit) return false;
    for (std::size_t at = 0; at < size; ++at) {
        const bool is_letter = at % form.unit == form.place;
        if (is_letter ? !is_text_letter(bytes[at]) : bytes[at] != '\0') return false;
    }
    return true;
}

}  // namespace

std::string_view wide_unicode_form(std::string_view bytes) {
    // Line ends at the end make no difference to what a text is.
    const auto end = bytes.find_last_not_of(std::string_view("\r\n\0", 3));
    const auto inner = bytes.substr(0, end + 1);
    const auto* const form = std::ranges::find_if(forms, [&](const Form& one) {
        return bytes.starts_with(one.mark) || is_ascii_in(one, inner);
    });
    return form == forms.end() ? std::string_view() : form->name;
}

}  // namespace chr21::mart
