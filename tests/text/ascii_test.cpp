#include "text/ascii.hpp"

#include <locale>

#include <gtest/gtest.h>

namespace chr21::text {
namespace {

TEST(Ascii, TellsLettersDigitsAndControlsApart) {
    for (int byte = 0; byte < 256; ++byte) {
        const auto letter = static_cast<char>(byte);
        const auto& plain = std::locale::classic();
        EXPECT_EQ(is_digit(letter), byte < 0x80 && std::isdigit(letter, plain)) << byte;
        EXPECT_EQ(is_letter(letter), byte < 0x80 && std::isalpha(letter, plain)) << byte;
        EXPECT_EQ(is_control(letter), byte < 0x80 && std::iscntrl(letter, plain)) << byte;
        EXPECT_EQ(lower(letter), byte < 0x80 ? std::tolower(letter, plain) : letter) << byte;
    }
}

TEST(Ascii, LowersItsOwnLettersOnly) {
    EXPECT_EQ(lower_case("@AZ[`az{ Ä-9"), "@az[`az{ Ä-9");
    EXPECT_EQ(lower_case(""), "");
}

TEST(Ascii, ComparesIgnoringCase) {
    struct Case {
        std::string_view left, right;
        bool equal, starts;
    };
    for (const auto& [left, right, equal, starts] : {
             Case{"Content-Type", "content-TYPE", true, true},
             Case{"https://host", "HTTPS:", false, true},
             Case{"http", "https", false, false},
             Case{"", "", true, true},
             Case{"a", "", false, true},
             Case{"", "a", false, false},
             Case{"@", "`", false, false},  // as far from each other as "A" from "a"
             Case{"Ä", "ä", false, false},
         }) {
        EXPECT_EQ(equal_ignoring_case(left, right), equal) << left << ' ' << right;
        EXPECT_EQ(starts_ignoring_case(left, right), starts) << left << ' ' << right;
    }
}

}  // namespace
}  // namespace chr21::text
