#include "text/invisible.hpp"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace chr21::text {
namespace {

TEST(Invisible, IsTrimmedAtEitherEnd) {
    struct Case {
        std::string_view text;
        std::string_view trimmed;
    };
    constexpr auto cases = std::to_array<Case>({
        {"", ""},
        {"APP", "APP"},
        {" \t\r\nAPP\r\n", "APP"},
        {"\u00A0APP\u00A0", "APP"},                    // no-break
        {"\u200B\u2060APP\u200D\u200C", "APP"},        // zero-width
        {"\uFEFFAPP", "APP"},                          // byte order mark
        {"\u202AAPP\u202C\u3000\u2028\u0085", "APP"},  // directions, wide space, line ends
        {" \u00A0\u200B\uFEFF ", ""},
        {"HLA A", "HLA A"},
        {"\u00E9\u00E9 ", "\u00E9\u00E9"},
        {"\x01 APP", "\x01 APP"},
        {"\xA0", "\xA0"},  // no UTF-8
        {"APP\xA0", "APP\xA0"},
    });
    for (const auto& [text, expected] : cases) EXPECT_EQ(trimmed(text), expected) << text;
}

TEST(Invisible, DashesOfEveryKindBecomePlain) {
    struct Case {
        std::string_view text;
        std::string_view plain;  // empty: there is none to change
    };
    constexpr auto cases = std::to_array<Case>({
        {"", ""},
        {"NKX2-5", ""},
        {"\u00E9", ""},
        {"NKX2\u20135", "NKX2-5"},
        {"HLA\u2014A\u2010\u2011\u2012\u2015", "HLA-A----"},
        {"\u2212\uFE58\uFE63\uFF0D\u00E9", "----\u00E9"},
    });
    for (const auto& [text, plain] : cases) {
        EXPECT_EQ(with_plain_dashes(text).value_or(""), plain) << text;
    }
}

}  // namespace
}  // namespace chr21::text
