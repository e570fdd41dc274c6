#include "gene/attribute_rows.hpp"
#include "mart/mart_export.hpp"
#include "tests/generators.hpp"
#include "tests/mart/enclosed_csv.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
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

AttributeRows rows_of(const Gene& gene) {
    auto rows = AttributeRows::unpack(gene.attribute_rows);
    EXPECT_TRUE(rows) << gene.attribute_rows;
    return rows.value_or(AttributeRows(1));
}

std::vector<std::vector<std::uint32_t>> cells_of(const AttributeRows& rows) {
    std::vector<std::vector<std::uint32_t>> cells;
    cells.reserve(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        cells.emplace_back(rows[at].begin(), rows[at].end());
    }
    return cells;
}

using Cells = std::vector<std::vector<std::uint32_t>>;

TEST(MergeRows, KeepsWhichValuesStoodInOneRow) {
    const auto read = read_export(
        "Gene stable ID\tTranscript stable ID\tTranscript type\n"
        "G1\tT1\tprotein_coding\n"
        "G1\tT2\tprotein_coding\n"
        "G2\tT9\t\n"
        "G1\tT3\tretained_intron\n"
        "G1\tT1\tprotein_coding\n"
        "G1\t\t\n");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(cells_of(rows_of(read->genes[0])), (Cells{{1, 1}, {2, 1}, {3, 2}, {0, 0}}));
    EXPECT_EQ(read->genes[1].attribute_rows, "");  // one row says nothing that its values do not
}

TEST(MergeRows, PacksNoRowsThatFollowFromTheValues) {
    for (const std::string_view rows : {"G,a,x\nG,b,y\n",  // each value with that of its place
                                        "G,a,\nG,b,\n",
                                        "G,,x\nG,,y\nG,,x\n",
                                        "G,a,\n"}) {
        const auto read = read_export("Gene stable ID,one,two\n" + std::string(rows));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(read->genes[0].attribute_rows, "") << rows;
    }
    for (const std::string_view rows : {"G,a,x\nG,b,\n", "G,a,x\nG,b,x\n", "G,,\nG,a,\n"}) {
        const auto read = read_export("Gene stable ID,one,two\n" + std::string(rows));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_NE(read->genes[0].attribute_rows, "") << rows;
    }
}

TEST(MergeRows, KeepsASecondColumnOfAnAttributeApart) {
    const auto read = read_export(
        "Gene stable ID,GO term accession,other,GO Term Accession\n"
        "G1,GO:1,x,GO:2\n"
        "G1,GO:2,y,\n"
        "G2,GO:1,x,\n");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->attributes,
              (std::vector<AttributeColumn>{{.name = "go_id",
                                             .header = "GO term accession",
                                             .further_headers = {"GO Term Accession"}},
                                            {.name = "other", .header = "other"}}));
    EXPECT_EQ(read->genes[0].attributes,
              (std::vector<Attribute>{{"go_id", {"GO:1", "GO:2"}}, {"other", {"x", "y"}}}));
    EXPECT_EQ(cells_of(rows_of(read->genes[0])), (Cells{{1, 2, 1}, {2, 0, 2}}));
    EXPECT_EQ(read->genes[1].attribute_rows, "");
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
    const auto genes =
        *testing::any_genes_with_attributes(testing::any_trimmed(testing::any_text()));
    const std::vector<AttributeColumn> attributes = {{"go_id", "GO term accession"},
                                                     {"hgnc_id", "HGNC ID"}};
    const auto read = read_export(testing::to_enclosed_csv(genes, attributes));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->genes == genes);
    RC_ASSERT(read->attributes == attributes);
}

}  // namespace
}  // namespace chr21::mart
