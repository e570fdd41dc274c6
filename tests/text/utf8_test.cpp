#include "text/utf8.hpp"

#include <gtest/gtest.h>

namespace chr21 {
namespace {

TEST(FindInvalidUtf8, FindsNothingInUtf8) {
    for (const std::string_view text :
         {"", "plain", "naïve", "染色体", "\U0001F9EC", "\x7f", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_EQ(find_invalid_utf8(text), std::nullopt) << text;
    }
    EXPECT_EQ(find_invalid_utf8(std::string_view("\0", 1)), std::nullopt);
}

TEST(FindInvalidUtf8, SaysWhereTheFirstBadByteStands) {
    struct Case {
        std::string_view text;
        std::size_t at;
    };
    for (const auto& [text, at] : {
             Case{"\xFF", 0},
             Case{"caf\xE9", 3},
             Case{"é\x80z", 2},
             Case{"a\xC3", 1},
             Case{"ab\xC0\x80", 2},
             Case{"\xED\xA0\x80", 0},
             Case{"é\xF4\x90\x80\x80", 2},
             Case{"z\xE2\x82", 1},
         }) {
        EXPECT_EQ(find_invalid_utf8(text), at) << text;
    }
}

TEST(CountCharacters, CountsThemAndNotTheirBytes) {
    EXPECT_EQ(count_characters(""), 0U);
    EXPECT_EQ(count_characters("TNFα"), 4U);
    EXPECT_EQ(count_characters("染色体🧬"), 4U);
}

TEST(FirstCharacters, EndWhereACharacterDoes) {
    EXPECT_EQ(first_characters("TNFα", 5), "TNFα");
    EXPECT_EQ(first_characters("TNFα", 4), "TNF");
    EXPECT_EQ(first_characters("TNFα", 3), "TNF");
    EXPECT_EQ(first_characters("染", 2), "");
    EXPECT_EQ(first_characters("🧬", 3), "");
    EXPECT_EQ(first_characters("abc", 0), "");
}

}  // namespace
}  // namespace chr21
