#include "gene/stable_id.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace chr21 {
namespace {

TEST(ReadVersion, KnowsTheIdsThatHaveVersions) {
    struct Case {
        std::string id;
        std::string unversioned;
        std::string version;
    };
    for (const auto& [id, unversioned, version] : std::vector<Case>{
             {"ensg00000142192", "ensg00000142192", ""},
             {"ensg00000142192.22", "ensg00000142192", "22"},
             {"ensmusg00000071456.1", "ensmusg00000071456", "1"},
             {"ensg00000182378.15_par_y", "ensg00000182378_par_y", "15"},
             {"ensg00000182378_par_y", "ensg00000182378_par_y", ""},
             {"nm_000484.4", "nm_000484", "4"},
             {"xp_011527954.1", "xp_011527954", "1"},
         }) {
        const auto read = read_version(id);
        ASSERT_TRUE(read) << id;
        EXPECT_EQ(read.value().unversioned(), unversioned) << id;
        EXPECT_EQ(read.value().version, version) << id;
    }
}

TEST(ReadVersion, TakesNoOtherDotForAVersion) {
    for (const auto* id : {"",
                           "ens",
                           "ensg1.2",
                           "ensg0000014219.2",
                           "ensg000001421921.2",
                           "ensg00000142192.",
                           "ensg00000142192.x",
                           "ensg00000142192.2_par_x",
                           "ensg00000142192.2.3",
                           "spac1002.02",
                           "f53f4.1",
                           "ccds13576.1",
                           "nm_484.4",
                           "nm_",
                           "ac1_000484.4",
                           "hgnc:620"}) {
        EXPECT_FALSE(read_version(id)) << id;
    }
}

}  // namespace
}  // namespace chr21
