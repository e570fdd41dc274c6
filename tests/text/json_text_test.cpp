#include "text/json_text.hpp"

#include <gtest/gtest.h>

namespace chr21 {
namespace {

std::string to_json_string(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

TEST(AppendJsonString, EscapesWhatJsonCannotHold) {
    struct Case {
        std::string_view text, json;
    };
    using namespace std::string_view_literals;
    for (const auto& [text, json] : {
             Case{"", R"("")"},
             Case{"DYRK1A", R"("DYRK1A")"},
             Case{R"(5' "cap" \ 3')", R"("5' \"cap\" \\ 3'")"},
             Case{"\b\f\n\r\t", R"("\b\f\n\r\t")"},
             Case{"a\0b\x1f"sv, R"("a\u0000b\u001f")"},
             Case{"a/b\x7f", "\"a/b\x7f\""},
             Case{"é染𝄞", "\"é染𝄞\""},
             Case{"β\tγ", "\"β\\tγ\""},
         }) {
        EXPECT_EQ(to_json_string(text), json) << text;
    }
}

TEST(AppendJsonString, PutsOneReplacementForEachByteThatIsNotUtf8) {
    struct Case {
        std::string_view text, json;
    };
    for (const auto& [text, json] : {
             Case{"\xff", "\"\uFFFD\""},
             Case{"a\x80z", "\"a\uFFFDz\""},                            // continuation alone
             Case{"\xc3", "\"\uFFFD\""},                                // cut short at the end
             Case{"\xe6\x9f", "\"\uFFFD\uFFFD\""},                      // likewise, after two bytes
             Case{"\xc3(", "\"\uFFFD(\""},                              // cut short inside
             Case{"\xc0\xaf", "\"\uFFFD\uFFFD\""},                      // overlong slash
             Case{"\xed\xa0\x80", "\"\uFFFD\uFFFD\uFFFD\""},            // surrogate
             Case{"\xf4\x90\x80\x80", "\"\uFFFD\uFFFD\uFFFD\uFFFD\""},  // above U+10FFFF
             Case{"é\xe9é", "\"é\uFFFDé\""},                            // Latin-1 between UTF-8
         }) {
        EXPECT_EQ(to_json_string(text), json) << testing::PrintToString(text);
    }
}

}  // namespace
}  // namespace chr21
