#include "gene/other_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21 {
namespace {

TEST(OtherNames, AreThoseOfTheDatasetEarlierNamesFirst) {
    const Dataset dataset{.attributes = {{"entrezgene_id", ""},
                                         {"go_id", ""},
                                         {"external_synonym", ""},
                                         {"hgnc_id", ""},
                                         {"prev_symbol", ""}}};
    std::vector<std::size_t> attributes;
    for (const auto& column : other_names_of(dataset)) attributes.push_back(column.attribute);
    EXPECT_THAT(attributes, ::testing::ElementsAre(4, 2, 3, 0));
    EXPECT_FALSE(other_name_of("go_id"));
    EXPECT_FALSE(other_name_of(""));
}

TEST(OtherNames, TakeABareNumberForAnNcbiGeneIdAlone) {
    EXPECT_TRUE(may_be(OtherName::ncbi_gene_id, "351"));
    for (const auto kind : {OtherName::previous_name, OtherName::synonym, OtherName::identifier}) {
        EXPECT_FALSE(may_be(kind, "351"));
        EXPECT_FALSE(may_be(kind, ""));
        EXPECT_TRUE(may_be(kind, "p53"));
    }
    EXPECT_FALSE(may_be(OtherName::ncbi_gene_id, "HGNC:351"));
    EXPECT_FALSE(may_be(OtherName::ncbi_gene_id, ""));
}

}  // namespace
}  // namespace chr21
