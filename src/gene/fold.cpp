#include "gene/fold.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <vector>

#include <utf8proc.h>

namespace chr21 {
namespace {

bool is_ascii(std::string_view text) {
    unsigned char seen = 0;
    for (const char c : text) seen |= static_cast<unsigned char>(c);
    return seen < 0x80;
}

char fold_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string fold_ascii(std::string_view text) {
    std::string folded(text);
    for (char& c : folded) c = fold_ascii(c);
    return folded;
}

}  // namespace

std::string fold(std::string_view text) {
    if (is_ascii(text)) return fold_ascii(text);
    // A combination of options is none of the enumerators.
    constexpr auto options =
        std::bit_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto byte_count = static_cast<utf8proc_ssize_t>(text.size());
    const auto code_points = utf8proc_decompose(bytes, byte_count, nullptr, 0, options);
    if (code_points < 0) return fold_ascii(text);

    // utf8proc writes the result over the code points, with a NUL after it.
    std::vector<utf8proc_int32_t> buffer(static_cast<std::size_t>(code_points) + 1);
    utf8proc_decompose(bytes, byte_count, buffer.data(), code_points, options);
    const auto folded = utf8proc_reencode(buffer.data(), code_points, options);
    return {reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(folded)};
}

std::string fold_stable_id(std::string_view text) {
    const auto dot = text.rfind('.');
    if (dot != std::string_view::npos && dot > 0 && dot + 1 < text.size()) {
        const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
        if (std::ranges::all_of(text.substr(dot + 1), is_digit)) text = text.substr(0, dot);
    }
    return fold(text);
}

}  // namespace chr21
