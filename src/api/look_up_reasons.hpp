#pragma once

#include "gene/dataset.hpp"
#include "store/gene_store.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::api {

// The words for what a text that is looked up is and is not, the same in every answer.

// "A, B", of the texts of the genes.
std::string list_of(std::span<const GeneLabel> genes);

// Of such a match: "it is a synonym of TP53 (ENSG00000141510)", "it is a synonym of 2 genes: KMT2A
// (ENSG00000118058), SEPTIN9 (ENSG00000184640)", "2 genes have it with another version: ...".
std::string what_it_is(const Match& match, std::span<const AttributeColumn> columns);

// Two versions of one ID that are known and differ.
struct OtherVersion {
    std::string requested;
    std::string dataset;

    friend bool operator==(const OtherVersion&, const OtherVersion&) = default;
};

// Absent where the text has no version, or the dataset knows none, or knows the same. The dataset's
// is that of the gene's stable ID, of its attribute `version` or `ensembl_gene_id_version`, or, for
// an ID of another kind, of any attribute that has such IDs.
std::optional<OtherVersion> other_version(std::string_view text,
                                          const Match& match,
                                          std::span<const AttributeColumn> columns);

}  // namespace chr21::api
