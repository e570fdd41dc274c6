#include "gene/karyotype.hpp"

#include "tests/read_file.hpp"

#include <gtest/gtest.h>

namespace chr21 {
namespace {

constexpr std::string_view lengths =
    "chromosome\tlength\n"
    "9\t500\n"
    "21\t700\n"
    "X\t300\n";

constexpr std::string_view bands =
    "chromosome\tband\tstart\tend\tstain\n"
    "9\tp11\t1\t200\tgneg\n"
    "9\tq21.3\t201\t500\tgpos50\n"
    "21\tp11.2\t1\t100\tgvar\n"
    "21\tp11.1\t101\t150\tacen\n"
    "21\tq11.1\t151\t200\tacen\n"
    "21\tq21.1\t201\t300\tgpos100\n"
    "21\tq21.2\t301\t400\tgneg\n"
    "21\tq21.3\t401\t500\tgpos75\n"
    "21\tq22.11\t501\t600\tgneg\n"
    "21\tq22.3\t601\t700\tgneg\n"
    "X\tp11\t1\t100\tacen\n"
    "X\tq11\t101\t200\tacen\n"
    "X\tq21\t201\t300\tgpos100\n";

Karyotype small_karyotype() { return Karyotype::parse(lengths, bands).value(); }

std::string found(std::string_view name) {
    std::string text;
    for (const auto& region : small_karyotype().find_band(name)) {
        text += (text.empty() ? "" : " ") + to_text(region);
    }
    return text;
}

TEST(FindBand, CoversEveryBandBelowAName) {
    struct Case {
        std::string_view name, regions;
    };
    for (const auto& [name, regions] : {
             Case{"q21.3", "9:201-500 21:401-500"},
             Case{"q21", "9:201-500 21:201-500 X:201-300"},
             Case{"q2", "9:201-500 21:201-700 X:201-300"},
             Case{"q22.1", "21:501-600"},
             Case{"p", "9:1-200 21:1-150 X:1-100"},
             Case{"21q21.3", "21:401-500"},
             Case{"21q21", "21:201-500"},
             Case{"21q", "21:151-700"},
             Case{"21p11", "21:1-150"},
             Case{"Xp11", "X:1-100"},
             Case{"Q21.3", "9:201-500 21:401-500"},
             Case{"21Q21.3", "21:401-500"},
         }) {
        EXPECT_EQ(found(name), regions) << name;
    }
}

TEST(FindBand, FindsNothingUnderOtherNames) {
    for (const auto* name : {"",
                             "21",
                             "chr",
                             "chr21",
                             "1q21",
                             "q21.",
                             "q.",
                             "q21.34",
                             "q9",
                             "r21",
                             "q 21",
                             "22q21",
                             "121q21",
                             "q21.3 ",
                             "x"}) {
        EXPECT_EQ(found(name), "") << name;
    }
    EXPECT_TRUE(Karyotype().find_band("q21").empty());
}

TEST(FindBand, KeepsStretchesApartThatDoNotAdjoin) {
    const auto karyotype =
        Karyotype({{"1", 900}}, {{"1", "q1", 1, 100, "gneg"}, {"1", "q12", 102, 200, "gneg"}});
    EXPECT_EQ(karyotype.find_band("q1").size(), 2U);
}

TEST(BandOf, NamesTheBandOrTheRangeOfBands) {
    const auto karyotype = small_karyotype();
    struct Case {
        std::string_view region, band;
    };
    for (const auto& [region, band] : {
             Case{"21:401-500", "q21.3"},
             Case{"21:450-450", "q21.3"},
             Case{"21:400-500", "q21.2-q21.3"},
             Case{"21:1-700", "p11.2-q22.3"},
             Case{"21:150-151", "p11.1-q11.1"},
             Case{"21:700-9000", "q22.3"},
             Case{"X:1-1", "p11"},
         }) {
        EXPECT_EQ(karyotype.band_of(parse_region(region).value()), band) << region;
    }
    for (const auto* region : {"21:701-9000", "Y:1-2"}) {
        EXPECT_EQ(karyotype.band_of(parse_region(region).value()), std::nullopt) << region;
    }
}

TEST(BandsOf, ListsEveryBandThatSharesABase) {
    const auto karyotype = small_karyotype();
    EXPECT_EQ(karyotype.bands_of(parse_region("21:500-501").value()),
              (std::vector<Band>{{"21", "q21.3", 401, 500, "gpos75"},
                                 {"21", "q22.11", 501, 600, "gneg"}}));
    EXPECT_TRUE(karyotype.bands_of(parse_region("Y:1-2").value()).empty());
}

TEST(Karyotype, KnowsLengthsAndBands) {
    const auto karyotype = small_karyotype();
    EXPECT_FALSE(karyotype.empty());
    EXPECT_EQ(karyotype.length("21"), 700U);
    EXPECT_EQ(karyotype.length("chr21"), std::nullopt);
    EXPECT_EQ(karyotype.bands("21").size(), 8U);
    EXPECT_EQ(karyotype.bands("21").front(), (Band{"21", "p11.2", 1, 100, "gvar"}));
    EXPECT_TRUE(karyotype.bands("Y").empty());
}

TEST(Karyotype, TakesTheNamesOfADataset) {
    const auto karyotype = small_karyotype().named_as(ChromosomeNames({"chr21", "21", "chr8"}));
    for (const auto* name : {"21", "chr21"}) {
        EXPECT_EQ(karyotype.length(name), 700U);
        EXPECT_EQ(karyotype.bands(name).size(), 8U);
        EXPECT_EQ(karyotype.bands(name).front().chromosome, name);
        EXPECT_EQ(title_of(karyotype.bands(name).front()), "21p11.2");
    }
    EXPECT_EQ(karyotype.length("chr8"), std::nullopt);
    EXPECT_TRUE(karyotype.length("X"));
    EXPECT_EQ(karyotype.names().meant_by("chrX").front(), "X");
}

TEST(Karyotype, FindsABandWhateverTheDatasetCallsTheChromosome) {
    for (const auto* name : {"21", "chr21"}) {
        const auto karyotype = small_karyotype().named_as(ChromosomeNames({name}));
        for (const auto* band : {"21q21.3", "chr21q21.3", "CHR21Q21.3"}) {
            EXPECT_EQ(karyotype.find_band(band),
                      std::vector<Region>{Region::make(name, 401, 500).value()})
                << band;
        }
    }
}

TEST(Karyotype, OfAnUnknownAssemblyKnowsNothing) {
    const Karyotype unknown;
    EXPECT_TRUE(unknown.empty());
    EXPECT_EQ(unknown.length("21"), std::nullopt);
    EXPECT_EQ(unknown.band_of(parse_region("21:1-2").value()), std::nullopt);
}

TEST(ParseKaryotype, SaysWhatIsWrongWithTheLengths) {
    struct Case {
        std::string table, complaint;
    };
    const std::string header = "chromosome\tlength\n";
    for (const auto& [table, complaint] : {
             Case{"", "line 1: the header must be chromosome\tlength"},
             Case{"name\tsize\n1\t5\n", "line 1: the header must be chromosome\tlength"},
             Case{header + "1\t5\n2\n", "line 3: expected 2 cells parted by tabs"},
             Case{header + "1\t5\n\n2\t6\n", "line 3: expected 2 cells parted by tabs"},
             Case{header + "\t5\n", "line 2: chromosome is missing"},
             Case{header + "1\t0\n", "line 2: length must be a whole number of bp from 1 on"},
             Case{header + "1\t5 \n", "line 2: length must be a whole number of bp from 1 on"},
             Case{header + "1\t5\n1\t6\n", "line 3: chromosome is there twice"},
         }) {
        const auto karyotype = Karyotype::parse(table, bands);
        ASSERT_FALSE(karyotype) << table;
        EXPECT_EQ(karyotype.error().parameter, "chromosome lengths");
        EXPECT_EQ(karyotype.error().message, complaint) << table;
    }
}

TEST(ParseKaryotype, SaysWhatIsWrongWithTheBands) {
    struct Case {
        std::string rows, complaint;
    };
    for (const auto& [rows, complaint] : {
             Case{"9\tp11\t1\t200\n", "line 2: expected 5 cells parted by tabs"},
             Case{"9\t\t1\t200\tgneg\n", "line 2: band is missing"},
             Case{"9\tp11\t0\t200\tgneg\n",
                  "line 2: start and end must be whole numbers from 1 on"},
             Case{"9\tp11\t1\tx\tgneg\n", "line 2: start and end must be whole numbers from 1 on"},
             Case{"9\tp11\t7\t6\tgneg\n", "line 2: start is after the end"},
             Case{"8\tp11\t1\t6\tgneg\n", "line 2: chromosome has no length"},
             Case{"9\tp11\t1\t501\tgneg\n", "line 2: end is after the end of the chromosome"},
             Case{"9\tp11\t1\t5\tgneg\n9\tq11\t5\t6\tgneg\n",
                  "line 3: bands must be in order and must not overlap"},
         }) {
        const auto table = "chromosome\tband\tstart\tend\tstain\n" + rows;
        const auto karyotype = Karyotype::parse(lengths, table);
        ASSERT_FALSE(karyotype) << rows;
        EXPECT_EQ(karyotype.error().parameter, "bands");
        EXPECT_EQ(karyotype.error().message, complaint) << rows;
    }
}

std::string bundled(const std::string& name) {
    return testing::read_file(CHR21_SOURCE_DIR "/data/" + name);
}

TEST(BundledKaryotype, CoversEachBandedChromosomeFromEndToEnd) {
    const auto karyotype =
        Karyotype::parse(bundled("GRCh38_chromosomes.tsv"), bundled("GRCh38_bands.tsv"));
    ASSERT_TRUE(karyotype) << karyotype.error().message;
    EXPECT_EQ(karyotype->length("21"), 46709983U);
    for (const auto* name : {"1", "9", "21", "22", "X", "Y"}) {
        const auto along = karyotype->bands(name);
        ASSERT_FALSE(along.empty()) << name;
        EXPECT_EQ(along.front().start, 1U) << name;
        EXPECT_EQ(along.back().end, karyotype->length(name)) << name;
        const auto arms = karyotype->find_band(std::string(name) + "q");
        ASSERT_EQ(arms.size(), 1U) << name;
        EXPECT_EQ(arms.front().last(), karyotype->length(name)) << name;
    }
    // DYRK1A, of the Down syndrome critical region.
    EXPECT_EQ(karyotype->band_of(parse_region("21:37365573-37526358").value()), "q22.13");
}

}  // namespace
}  // namespace chr21
