#include "service/query.hpp"

#include <gtest/gtest.h>

namespace chr21::service {
namespace {

TEST(SplitTarget, PartsPathAndQueryAtTheFirstQuestionMark) {
    EXPECT_EQ(split_target("/genes?search=a?b").path, "/genes");
    EXPECT_EQ(split_target("/genes?search=a?b").query, "search=a?b");
    EXPECT_EQ(split_target("/genes").query, "");
}

TEST(SplitQuery, CutsAtAnyOfItsSeparators) {
    const auto texts = [](std::string_view separators) {
        std::string joined;
        for (const auto& [name, value] : split_query("a=1;b&c=2;;d", separators)) {
            joined.append("<").append(name).append(":").append(value.value_or("none")).append(">");
        }
        return joined;
    };
    EXPECT_EQ(texts("&"), "<a:1;b><c:2;;d>");
    EXPECT_EQ(texts(";"), "<a:1><b&c:2><d:none>");
    EXPECT_EQ(texts("&;"), "<a:1><b:none><c:2><d:none>");
    EXPECT_EQ(texts(""), "<a:1;b&c=2;;d>");
}

TEST(SplitQuery, KeepsOrderRepetitionsAndNamesWithoutAValue) {
    const auto parts = split_query("a=1&&b&a=2=3&c=");
    ASSERT_EQ(parts.size(), 4U);
    EXPECT_EQ(parts[0].value, "1");
    EXPECT_EQ(parts[1].name, "b");
    EXPECT_FALSE(parts[1].value);
    EXPECT_EQ(parts[2].value, "2=3");
    EXPECT_EQ(parts[3].value, "");
}

TEST(PercentDecode, ReadsWhatIsRight) {
    struct Case {
        std::string_view text;
        Plus plus;
        std::string_view decoded;
    };
    for (const auto& [text, plus, decoded] : {
             Case{"q21.3", Plus::is_space, "q21.3"},
             Case{"a+b", Plus::is_space, "a b"},
             Case{"a+b", Plus::stays, "a+b"},
             Case{"%2B%2b%25", Plus::is_space, "++%"},
             Case{"%C3%84", Plus::stays, "\u00C4"},
             Case{"", Plus::stays, ""},
         }) {
        EXPECT_EQ(percent_decode(text, plus), decoded) << text;
    }
}

TEST(PercentDecode, SaysWhatIsWrong) {
    struct Case {
        std::string_view text, complaint;
    };
    for (const auto& [text, complaint] : {
             Case{"%", "has a % without two hexadecimal digits after it"},
             Case{"%4", "has a % without two hexadecimal digits after it"},
             Case{"%zz", "has a % without two hexadecimal digits after it"},
             Case{"a%00b", "holds a NUL character"},
             Case{"%C3", "is not UTF-8"},
             Case{"%ED%A0%80", "is not UTF-8"},
             Case{"%FF", "is not UTF-8"},
         }) {
        const auto decoded = percent_decode(text, Plus::stays);
        ASSERT_FALSE(decoded) << text;
        EXPECT_EQ(decoded.error(), complaint) << text;
    }
}

}  // namespace
}  // namespace chr21::service
