#include "gene/chromosome_names.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21 {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

using Names = std::vector<std::string>;

TEST(ChromosomeNames, FindsWhatIsMeant) {
    const Names plain{"1", "21", "X", "MT", "KI270733.1", "CHR_HSCHR21_1_CTG", "2L"};
    const Names prefixed{"chr1", "chr21", "chrX", "chrM", "chrUn_KI270742v1"};
    const Names odd{"Chromosome", "phavu.Chr01", "group 5, part", "HLA-A*01:01:01:01", "Mt", "IV"};
    const Names doubled{"21", "chr21", "x", "X"};
    const Names accessions{"NC_000021.9", "NC_012920.1"};
    struct Case {
        const Names* names;
        std::string_view written;
        Names meant;
    };
    const auto cases = std::to_array<Case>({
        {&plain, "21", {"21"}},
        {&plain, "chr21", {"21"}},
        {&plain, "CHR21", {"21"}},
        {&plain, "x", {"X"}},
        {&plain, "ChrX", {"X"}},
        {&plain, "M", {"MT"}},
        {&plain, "Mt", {"MT"}},
        {&plain, "chrM", {"MT"}},
        {&plain, "chrMT", {"MT"}},
        {&plain, "ki270733.1", {"KI270733.1"}},
        {&plain, "CHR_HSCHR21_1_CTG", {"CHR_HSCHR21_1_CTG"}},
        {&plain, "chr_hschr21_1_ctg", {"CHR_HSCHR21_1_CTG"}},
        {&plain, "_HSCHR21_1_CTG", {}},
        {&plain, "2l", {"2L"}},
        {&plain, "nc_000021.9", {"21"}},
        {&plain, "NC_000021.8", {}},
        {&plain, "CM000683.2", {"21"}},
        {&plain, "NC_012920.1", {"MT"}},
        {&plain, "NC_000022.11", {}},
        {&plain, "chr22", {}},
        {&plain, "chr", {}},
        {&plain, "chrchr21", {}},
        {&plain, "", {}},
        {&prefixed, "21", {"chr21"}},
        {&prefixed, "chr21", {"chr21"}},
        {&prefixed, "CHRx", {"chrX"}},
        {&prefixed, "MT", {"chrM"}},
        {&prefixed, "M", {"chrM"}},
        {&prefixed, "NC_000021.9", {"chr21"}},
        {&prefixed, "chrun_ki270742v1", {"chrUn_KI270742v1"}},
        {&odd, "Chromosome", {"Chromosome"}},
        {&odd, "chromosome", {"Chromosome"}},
        {&odd, "omosome", {}},
        {&odd, "PHAVU.chr01", {"phavu.Chr01"}},
        {&odd, "group 5, part", {"group 5, part"}},
        {&odd, "HLA-A*01:01:01:01", {"HLA-A*01:01:01:01"}},
        {&odd, "MT", {"Mt"}},
        {&odd, "chrM", {"Mt"}},
        {&odd, "iv", {"IV"}},
        {&doubled, "21", {"21"}},
        {&doubled, "chr21", {"chr21"}},
        {&doubled, "CHR21", {"21", "chr21"}},
        {&doubled, "x", {"x"}},
        {&doubled, "chrX", {"X", "x"}},
        {&accessions, "21", {"NC_000021.9"}},
        {&accessions, "chrM", {"NC_012920.1"}},
    });
    for (const auto& [names, written, meant] : cases) {
        EXPECT_THAT(ChromosomeNames(*names, "GRCh38").meant_by(written), ElementsAreArray(meant))
            << written;
    }
}

TEST(ChromosomeNames, KnowsAccessionsOfTheAssemblyAlone) {
    for (const auto& assembly :
         {std::optional<std::string>(), std::optional<std::string>("mm10")}) {
        EXPECT_THAT(ChromosomeNames({"21"}, assembly).meant_by("NC_000021.9"), IsEmpty());
    }
}

TEST(ChromosomeNames, TellsTheNearest) {
    const ChromosomeNames names({"1", "2", "20", "21", "22", "X", "MT"}, "GRCh38");
    EXPECT_THAT(names.nearest("chr23", 3), ElementsAre("2", "20", "21"));
    EXPECT_THAT(names.nearest("23", 100), ::testing::SizeIs(7));
    EXPECT_THAT(ChromosomeNames({"21"}).nearest("chr22", 12), ElementsAre("21"));
    EXPECT_THAT(ChromosomeNames().nearest("chr22", 12), IsEmpty());
}

TEST(ChromosomeNames, ComparesFewOfManyNames) {
    Names many;
    for (int i = 0; i < 100'000; ++i) many.push_back("scaffold_" + std::to_string(i));
    const ChromosomeNames names(many);
    EXPECT_THAT(names.meant_by("SCAFFOLD_99999"), ElementsAre("scaffold_99999"));
    EXPECT_EQ(names.nearest("scafold_99999", 12).size(), 12);
    EXPECT_EQ(names.nearest(std::string(256, 'x'), 12).size(), 12);
}

TEST(WithoutChr, LeavesNamesThatOnlyBeginSo) {
    struct Case {
        std::string_view name, without;
    };
    for (const auto& [name, without] : {Case{"chr21", "21"},
                                        Case{"CHRX", "X"},
                                        Case{"21", "21"},
                                        Case{"", ""},
                                        Case{"ch", "ch"},
                                        Case{"chr", "chr"},
                                        Case{"Chromosome", "Chromosome"},
                                        Case{"CHR_H", "CHR_H"},
                                        Case{"chrUn_1", "Un_1"},
                                        Case{"chrchr1", "chr1"}}) {
        EXPECT_EQ(without_chr(name), without) << name;
    }
}

}  // namespace
}  // namespace chr21
