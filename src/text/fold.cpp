#include "text/fold.hpp"

#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include <utf8proc.h>

namespace chr21 {
namespace {

// Eight ASCII letters at once: adding makes the top bit of a byte tell whether the letter is at
// least 'A', and whether it is beyond 'Z'; where the two differ, the bit of lower case is set.
std::uint64_t fold_eight(std::uint64_t letters) {
    constexpr std::uint64_t each = 0x0101010101010101U;
    constexpr std::uint64_t top_bits = 0x80 * each;
    const auto low_bits = letters & ~top_bits;
    const auto from_a = low_bits + (0x80 - 'A') * each;
    const auto beyond_z = low_bits + (0x80 - 'Z' - 1) * each;
    const auto upper = (from_a ^ beyond_z) & ~letters & top_bits;
    return letters | (upper >> 2U);
}

void fold_ascii(std::string& folded, std::string_view text) {
    constexpr auto eight = sizeof(std::uint64_t);
    folded.assign(text);
    const auto fold_at = [&folded](std::size_t at) {
        std::uint64_t letters = 0;
        std::memcpy(&letters, folded.data() + at, eight);
        letters = fold_eight(letters);
        std::memcpy(folded.data() + at, &letters, eight);
    };
    if (folded.size() < eight) {
        for (char& letter : folded) letter = text::lower(letter);
        return;
    }
    for (std::size_t at = 0; at + eight < folded.size(); at += eight) fold_at(at);
    fold_at(folded.size() - eight);  // some letters again, which stay as they are
}

}  // namespace

void fold_into(std::string& folded, std::string_view text) {
    if (is_ascii(text)) return fold_ascii(folded, text);
    // A combination of options is none of the enumerators.
    constexpr auto options =
        std::bit_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto byte_count = static_cast<utf8proc_ssize_t>(text.size());
    const auto code_points = utf8proc_decompose(bytes, byte_count, nullptr, 0, options);
    if (code_points < 0) return fold_ascii(folded, text);

    // utf8proc writes the result over the code points, with a NUL after it.
    std::vector<utf8proc_int32_t> buffer(static_cast<std::size_t>(code_points) + 1);
    utf8proc_decompose(bytes, byte_count, buffer.data(), code_points, options);
    const auto size = utf8proc_reencode(buffer.data(), code_points, options);
    folded.assign(reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(size));
}

std::string fold(std::string_view text) {
    std::string folded;
    fold_into(folded, text);
    return folded;
}

std::string fold_stable_id(std::string_view text) {
    const auto dot = text.rfind('.');
    if (dot != std::string_view::npos && dot > 0 && dot + 1 < text.size()) {
        if (std::ranges::all_of(text.substr(dot + 1), text::is_digit)) text = text.substr(0, dot);
    }
    return fold(text);
}

}  // namespace chr21
