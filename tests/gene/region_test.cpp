#include "gene/region.hpp"

#include "tests/generators.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21 {
namespace {

using testing::any_region;

Region region(std::string_view text) { return parse_region(text).value(); }

TEST(ParseRegion, ReadsWhatPeopleType) {
    struct Case {
        std::string_view text, read;
    };
    for (const auto& [text, read] : {
             Case{"21:25880550-26171128", "21:25880550-26171128"},
             Case{"21:25,880,550-26,171,128", "21:25880550-26171128"},
             Case{"chr21:1-999", "chr21:1-999"},
             Case{"Chromosome:1-1,000", "Chromosome:1-1000"},
             Case{"group 5, part:1-300", "group 5, part:1-300"},
             Case{" 21:1-2", " 21:1-2"},
             Case{"X:1-4294967295", "X:1-4294967295"},
             Case{"X:1-4,294,967,295", "X:1-4294967295"},
             Case{"21:007-0010", "21:7-10"},
             Case{"chr:1-2", "chr:1-2"},
             Case{"chrchr1:1-2", "chrchr1:1-2"},
             Case{"HLA-A*01:01:1-2", "HLA-A*01:01:1-2"},
             Case{"KI270733.1:5-5", "KI270733.1:5-5"},
         }) {
        const auto parsed = parse_region(text);
        ASSERT_TRUE(parsed) << text << ": " << parsed.error().message;
        EXPECT_EQ(to_text(*parsed), read);
    }
}

TEST(ParseRegion, SaysWhatIsWrong) {
    constexpr auto form = "expected chromosome:first-last, such as 21:25880550-26171128";
    constexpr auto whole = "positions must be whole numbers from 1 to 4294967295";
    constexpr auto large = "positions must not be larger than 4294967295";
    constexpr auto groups =
        "thousands separators must part groups of three digits, as in 25,880,550";
    struct Case {
        std::string_view text, complaint;
    };
    for (const auto& [text, complaint] : {
             Case{"", form},
             Case{"21", form},
             Case{"1-2", form},
             Case{"21:100", form},
             Case{"21:", form},
             Case{"21:1-2:1", form},
             Case{"HLA-A:100", form},
             Case{":1-2", "chromosome is missing"},
             Case{"21\t:1-2",
                  "chromosome must not contain tabs, line ends or other control characters"},
             Case{"21:0-2", "positions start at 1"},
             Case{"21:1-0", "positions start at 1"},
             Case{"21:2-1", "first position is after the last"},
             Case{"21:-", whole},
             Case{"21:1-", whole},
             Case{"21:-5-10", whole},
             Case{"21:1-2-3", whole},
             Case{"21:1.5-3", whole},
             Case{"21:1e3-2e3", whole},
             Case{"21:+1-3", whole},
             Case{"21: 1-3", whole},
             Case{"21:1-3 ", whole},
             Case{"21:0x1-3", whole},
             Case{"21:1-4294967296", large},
             Case{"21:1-999999999999999999999999999999", large},
             Case{"21:1-4,294,967,296", large},
             Case{"21:1,00-2,000", groups},
             Case{"21:1-1000,000", groups},
             Case{"21:1-,100", groups},
             Case{"21:1-100,", groups},
             Case{"21:1-1,,000", groups},
             Case{"21:1-1,0000", groups},
             Case{"21:1-1,000,00", groups},
             Case{"21:,-2", groups},
         }) {
        const auto parsed = parse_region(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error(), (Error{"region", std::string(text), std::string(complaint)}));
    }
}

TEST(MakeRegion, RefusesWhatIsNoStretchOfAChromosome) {
    EXPECT_EQ(Region::make("", 1, 2).error(), (Error{"region", ":1-2", "chromosome is missing"}));
    EXPECT_EQ(Region::make("21", 0, 2).error().message, "positions start at 1");
    EXPECT_EQ(Region::make("21", 3, 2).error(),
              (Error{"region", "21:3-2", "first position is after the last"}));
    EXPECT_TRUE(Region::make("21", 4294967295U, 4294967295U));
}

RC_GTEST_PROP(Region, IsReadBackFromItsText, ()) {
    const auto made = *any_region();
    RC_ASSERT(parse_region(to_text(made)).value() == made);
}

TEST(Region, OverlapsWhatSharesOneBase) {
    const auto here = region("21:200-300");
    for (const auto* text : {"21:200-300", "21:100-200", "21:300-400", "21:250-250", "21:1-999"}) {
        EXPECT_TRUE(here.overlaps(region(text))) << text;
        EXPECT_TRUE(region(text).overlaps(here)) << text;
    }
    for (const auto* text : {"21:100-199", "21:301-400", "22:200-300"}) {
        EXPECT_FALSE(here.overlaps(region(text))) << text;
        EXPECT_FALSE(region(text).overlaps(here)) << text;
    }
}

TEST(RegionOf, NeedsChromosomeAndBothEnds) {
    const Gene placed = testing::three_genes().front();
    EXPECT_EQ(region_of(placed), region("21:100-200"));

    auto without = placed;
    without.chromosome.reset();
    EXPECT_EQ(region_of(without), std::nullopt);
    without = placed;
    without.gene_start.reset();
    EXPECT_EQ(region_of(without), std::nullopt);
    without = placed;
    without.gene_end.reset();
    EXPECT_EQ(region_of(without), std::nullopt);
}

}  // namespace
}  // namespace chr21
