#pragma once

#include "gene/gene.hpp"
#include "gene/region.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chr21 {

// Genes of which a value of the attribute, folded, equals one of `values`.
struct AttributeFilter {
    std::string name;
    std::vector<std::string> values;  // folded

    friend bool operator==(const AttributeFilter&, const AttributeFilter&) = default;
};

// Which genes a caller wants. An empty filter admits every gene; each part that is set narrows it.
// Values within one part mean OR, parts mean AND. Text parts marked "folded" hold fold()ed text.
struct GeneFilter {
    std::vector<std::string> gene_stable_ids = {};  // folded, equal
    std::vector<std::string> gene_names = {};       // folded, equal
    std::vector<std::string> gene_types = {};       // folded, a substring of the gene type
    std::vector<std::string> biotypes = {};         // folded, equal to the gene type
    std::vector<std::string> chromosomes = {};      // as written, equal
    std::vector<std::string> searches = {};         // folded, a substring of a text of `search_in`
    // What `searches` look in: "gene_stable_id", "gene_name", "gene_description" or the name of an
    // attribute, of which any value counts. Empty: gene name and description.
    std::vector<std::string> search_in = {};
    std::vector<AttributeFilter> attributes = {};  // each of them holds
    std::vector<Region> regions = {};              // shares a base with one of them
    std::vector<Region> bands = {};                // likewise, from the parameter "band"
    std::optional<Strand> strand = {};
    std::optional<Position> min_length = {};
    std::optional<Position> max_length = {};

    bool empty() const;

    friend bool operator==(const GeneFilter&, const GeneFilter&) = default;
};

// The plain model of a filter's meaning, which every engine must agree with. A gene that lacks a
// value is not admitted by any part that asks for it.
bool admits(const GeneFilter& filter, const Gene& gene);

}  // namespace chr21
