#include "mart/mart_export.hpp"
#include "tests/generators.hpp"
#include "tests/mart/enclosed_csv.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::mart {
namespace {

TEST(MergeRows, CollectsAttributesAsSetsInTheOrderOfTheFile) {
    const auto read = read_export(
        "Gene stable ID\tTranscript stable ID\tGO term accession\tGene name\n"
        "G1\tT1\tGO:0043167\tA\n"
        "G2\t\t\tB\n"
        "G1\tT1\tGO:0007165\tA\n"
        "G1\tT2\tGO:0043167\tA\n"
        "G1\t\t\tA\n");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->attributes,
              (std::vector<AttributeColumn>{{"ensembl_transcript_id", "Transcript stable ID"},
                                            {"go_id", "GO term accession"}}));
    ASSERT_EQ(read->genes.size(), 2U);
    EXPECT_EQ(read->genes[0].attributes,
              (std::vector<Attribute>{{"ensembl_transcript_id", {"T1", "T2"}},
                                      {"go_id", {"GO:0043167", "GO:0007165"}}}));
    EXPECT_TRUE(read->genes[1].attributes.empty());
    EXPECT_EQ(read->report.merged, 3U);
}

TEST(MergeRows, KeepsTheOrderOfAttributesWhereALaterRowFillsAnEarlierOne) {
    const auto read = read_export("Gene stable ID,a,b,c\nG1,,2,\nG1,1,,3\n");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->genes.front().attributes,
              (std::vector<Attribute>{{"a", {"1"}}, {"b", {"2"}}, {"c", {"3"}}}));
}

TEST(MergeRows, KeepsEachOfManyValuesOnce) {
    std::string text = "Gene stable ID,n\n";
    std::vector<std::string> expected;
    for (int round = 0; round < 3; ++round) {
        for (int n = 0; n < 1000; ++n) text += "G1," + std::to_string(n) + "\n";
    }
    expected.reserve(1000);
    for (int n = 0; n < 1000; ++n) expected.push_back(std::to_string(n));
    const auto read = read_export(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->genes.front().attributes, (std::vector<Attribute>{{"n", expected}}));
}

RC_GTEST_PROP(MergeRows, ReadsBackWhateverAttributesGenesHave, ()) {
    const auto genes = *testing::any_genes_with_attributes();
    const std::vector<AttributeColumn> attributes = {{"go_id", "GO term accession"},
                                                     {"hgnc_id", "HGNC ID"}};
    const auto read = read_export(testing::to_enclosed_csv(genes, attributes));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->genes == genes);
    RC_ASSERT(read->attributes == attributes);
}

}  // namespace
}  // namespace chr21::mart
