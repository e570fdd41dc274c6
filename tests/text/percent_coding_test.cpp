#include "text/percent_coding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::text {
namespace {

using namespace std::string_view_literals;

TEST(PercentDecoded, ReadsEscapesOfEitherCase) {
    struct Case {
        std::string_view text, decoded;
    };
    for (const auto& [text, decoded] : {
             Case{"", ""},
             Case{"q21.3", "q21.3"},
             Case{"a+b", "a+b"},
             Case{"%2B%2b%25", "++%"},
             Case{"%C3%84x", "Äx"},
             Case{"%00%ff", "\0\xff"sv},
         }) {
        EXPECT_EQ(percent_decoded(text), decoded) << text;
    }
}

TEST(PercentDecoded, NeedsTwoDigits) {
    for (const auto* const text : {"%", "a%4", "%zz", "%4g", "%%41", "%-1", "%+1", "% 1"}) {
        EXPECT_FALSE(percent_decoded(text)) << text;
    }
}

TEST(PercentEncoded, LeavesWhatIsPlain) {
    EXPECT_EQ(percent_encoded("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(percent_encoded("a b/c?d=e&f%g"), "a%20b%2Fc%3Fd%3De%26f%25g");
    EXPECT_EQ(percent_encoded("\0Ä"sv), "%00%C3%84");
    EXPECT_EQ(percent_encoded("a;b,c", [](char byte) { return byte != ','; }), "a;b%2Cc");
}

RC_GTEST_PROP(PercentEncoded, IsDecodedToTheSameText, (const std::string& text)) {
    RC_ASSERT(percent_decoded(percent_encoded(text)) == text);
}

}  // namespace
}  // namespace chr21::text
