#include "text/fold.hpp"

#include "tests/generators.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21 {
namespace {

struct Case {
    std::string_view text, folded;
};

TEST(Fold, RemovesCase) {
    for (const auto& [text, folded] : {
             Case{"", ""},
             Case{"DYRK1A", "dyrk1a"},
             Case{"[Source:HGNC Symbol;Acc:HGNC:3091]", "[source:hgnc symbol;acc:hgnc:3091]"},
             Case{"@`{AZaz", "@`{azaz"},
             Case{"Ä", "ä"},
             Case{"Straße", "strasse"},
             Case{"STRASSE", "strasse"},
             Case{"ΣΑΣ", "σασ"},
             Case{"σας", "σασ"},
             Case{"染色体", "染色体"},
         }) {
        EXPECT_EQ(fold(text), folded) << text;
    }
}

TEST(Fold, ComposesLettersAndTheirMarks) {
    EXPECT_EQ(fold("A\u0308"), "\u00e4");
    EXPECT_EQ(fold("\u00c4"), "\u00e4");
}

TEST(Fold, KeepsNulAndDoesNotStopThere) {
    EXPECT_EQ(fold(std::string_view("A\0Ä", 4)), std::string_view("a\0ä", 4));
}

TEST(Fold, LeavesBytesThatAreNotUtf8) {
    for (const auto& [text, folded] : {
             Case{"CAF\xC9", "caf\xC9"},
             Case{"\xFF\xFE"
                  "A",
                  "\xFF\xFE"
                  "a"},
             Case{"Ä\xC3", "Ä\xC3"},
             Case{"\xED\xA0\x80"
                  "B",
                  "\xED\xA0\x80"
                  "b"},
             Case{"\xC0\x80", "\xC0\x80"},
         }) {
        EXPECT_EQ(fold(text), folded) << text;
    }
}

void append_utf8(std::string& text, char32_t point) {
    const auto byte = [&](char32_t bits) { text += static_cast<char>(bits); };
    const auto tail = [&](unsigned shift) { byte(0x80 | ((point >> shift) & 0x3f)); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xc0 | (point >> 6));
        tail(0);
    } else if (point < 0x10000) {
        byte(0xe0 | (point >> 12));
        tail(6);
        tail(0);
    } else {
        byte(0xf0 | (point >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

TEST(Fold, ChangesNothingTheSecondTime) {
    for (char32_t point = 1; point <= 0x10ffff; ++point) {
        if (point >= 0xd800 && point <= 0xdfff) continue;
        std::string text;
        append_utf8(text, point);
        const auto folded = fold(text);
        ASSERT_EQ(fold(folded), folded) << "U+" << std::hex << static_cast<unsigned>(point);
    }
}

RC_GTEST_PROP(Fold, ChangesNoFoldedText, ()) {
    const auto folded = fold(*testing::any_text());
    RC_ASSERT(fold(folded) == folded);
}

TEST(FoldStableId, DropsTheVersion) {
    for (const auto& [text, folded] : {
             Case{"ENSG00000157540.22", "ensg00000157540"},
             Case{"ENSG00000157540", "ensg00000157540"},
             Case{"ensg00000157540.1", "ensg00000157540"},
             Case{"ENSG00000157540.", "ensg00000157540."},
             Case{"ENSG00000157540.22x", "ensg00000157540.22x"},
             Case{"ENSG00000182378.14_PAR_Y", "ensg00000182378.14_par_y"},
             Case{"A.1.2", "a.1"},
             Case{".5", ".5"},
             Case{"", ""},
         }) {
        EXPECT_EQ(fold_stable_id(text), folded) << text;
    }
}

}  // namespace
}  // namespace chr21
