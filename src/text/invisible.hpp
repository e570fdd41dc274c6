#pragma once

#include <optional>
#include <string>
#include <string_view>

// What text that was copied from pages, tables and letters brings along unseen. All texts are
// UTF-8.
namespace chr21::text {

// Without what is not seen at either end: spaces of every width, also the no-break space, tabs,
// line ends, and characters without a width such as the zero-width space and the byte order mark.
std::string_view trimmed(std::string_view text);

// The characters that trimmed() leaves out, for a class of an ECMA-262 regular expression.
inline constexpr std::string_view invisible_class =
    R"(\t-\r \x85\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff)";

// With "-" for every dash, hyphen and minus sign (category Pd, and U+2212); absent where the text
// has none but "-".
std::optional<std::string> with_plain_dashes(std::string_view text);

}  // namespace chr21::text
