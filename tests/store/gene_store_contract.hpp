#pragma once

#include "gene/gene.hpp"
#include "gene/region.hpp"
#include "tests/store/engines.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::testing {

// Tests that hold on every engine; those that are missing here are skipped.
class GeneStoreContract : public ::testing::TestWithParam<NamedEngine> {
protected:
    void SetUp() override {
        if (!GetParam().missing.empty()) GTEST_SKIP() << GetParam().missing;
    }

    static OpenedStore open(const std::vector<Gene>& genes) { return GetParam().open(genes); }
};

inline Region region(std::string_view text) { return parse_region(text).value(); }

inline Gene gene_at(std::string id, std::string_view place, Strand strand = Strand::forward) {
    const auto at = region(place);
    return {.gene_stable_id = std::move(id),
            .chromosome = at.chromosome(),
            .gene_start = at.first(),
            .gene_end = at.last(),
            .strand = strand};
}

inline Gene named(std::string id, std::string name, std::string description = "") {
    Gene gene{.gene_stable_id = std::move(id), .gene_name = std::move(name)};
    if (!description.empty()) gene.gene_description = std::move(description);
    return gene;
}

}  // namespace chr21::testing
