#include "gene/primary_chromosome.hpp"

#include <gtest/gtest.h>

namespace chr21 {
namespace {

TEST(IsPrimaryChromosome, IsOneOfTheKaryotypeWhereThatIsKnown) {
    const Karyotype karyotype({{"21", 1000}, {"X", 500}, {"MT", 16}}, {});
    for (const auto* name : {"21", "chr21", "X", "chrX", "MT", "M", "chrM", "Mt"}) {
        EXPECT_TRUE(is_primary_chromosome(name, karyotype)) << name;
    }
    for (const auto* name : {"", "chr", "22", "Y", "HG439_PATCH", "CHR_21", "chr21_alt"}) {
        EXPECT_FALSE(is_primary_chromosome(name, karyotype)) << name;
    }
}

TEST(IsPrimaryChromosome, HasAShortPlainNameWhereNoKaryotypeIsKnown) {
    for (const auto* name : {"21", "chr21", "2L", "XVIII", "Mt", "chrXVIII", "Chr1A", "LGE64"}) {
        EXPECT_TRUE(is_primary_chromosome(name, {})) << name;
    }
    for (const auto* name :
         {"", "chr", "KI270733.1", "HG-1", "6_alt", "GL456210", "chrUn_1", "scaffold"}) {
        EXPECT_FALSE(is_primary_chromosome(name, {})) << name;
    }
}

}  // namespace
}  // namespace chr21
