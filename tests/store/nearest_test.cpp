#include "store/nearest.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21 {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(NameNearness, PutsNamesWithTheSameDigitsFirst) {
    EXPECT_LT(nearness_of("tp53", "p53", 9), nearness_of("pi3", "p53", 0));
    EXPECT_LT(nearness_of("brcc3", "brca3", 9), nearness_of("brca1", "brca3", 0));
    EXPECT_LT(nearness_of("app", "appx", 9), nearness_of("appxx", "appx", 0));
    EXPECT_LT(nearness_of("sod1", "sod", 1), nearness_of("sod2", "sod", 2));
}

TEST(CorrectedIds, HaveAnotherCountOfZerosTheNearestFirst) {
    const auto corrected = corrected_ids("ensg0142192");
    ASSERT_GE(corrected.size(), 3U);
    EXPECT_EQ(corrected[0], "ensg142192");
    EXPECT_EQ(corrected[1], "ensg00142192");
    EXPECT_THAT(corrected, Contains("ensg00000142192"));
    EXPECT_THAT(corrected, Not(Contains("ensg0142192")));
}

TEST(CorrectedIds, HaveDigitsForLettersThatLookLikeThem) {
    EXPECT_THAT(corrected_ids("ensgoo0l42192"), Contains("ensg00142192"));
    EXPECT_THAT(corrected_ids("at1g01o10"), Contains("at1g01010"));
}

TEST(CorrectedIds, AreWithAndWithoutTheVersion) {
    const auto corrected = corrected_ids("ensg1.2");
    EXPECT_THAT(corrected, Contains("ensg00000000001.2"));
    EXPECT_THAT(corrected, Contains("ensg00000000001"));
}

TEST(CorrectedIds, AreNoneWhereLettersOrANumberAreMissing) {
    for (const auto* id : {"", "ensg", "142192", "0", "ensg000", "yal001c", "...", "染色体"}) {
        EXPECT_THAT(corrected_ids(id), IsEmpty()) << id;
    }
}

TEST(CorrectedIds, AreFewHoweverLongTheText) {
    EXPECT_THAT(corrected_ids("e" + std::string(256, '1')), IsEmpty());
    EXPECT_LE(corrected_ids("a-1.2").size(), 60U);
}

}  // namespace
}  // namespace chr21
