#pragma once

#include "gene/dataset.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace chr21 {

// What an attribute's values are to a gene, beside its stable ID and its name.
enum class OtherName : std::uint8_t {
    previous_name,  // the symbol that it had
    synonym,        // an alias, or a symbol of which the source does not tell whether it is one
    identifier,     // an ID of another kind or database: of a transcript, a protein, HGNC, UniProt
    ncbi_gene_id,   // likewise, a bare number
};

// Whether it is a name that the gene had or has beside its own, and no ID.
bool is_earlier_name(OtherName kind);

// An attribute of a dataset that genes are looked up by.
struct OtherNameColumn {
    std::size_t attribute = 0;  // into Dataset::attributes
    OtherName kind = OtherName::synonym;
};

// Absent for attributes of which values are no names.
std::optional<OtherName> other_name_of(std::string_view attribute);

// Those of a dataset: previous names, synonyms, then IDs, each in the order of the export.
std::vector<OtherNameColumn> other_names_of(const Dataset& dataset);

// A bare number is looked up as an NCBI gene ID alone, and nothing else is: it would be the number
// of something else in every database.
bool may_be(OtherName kind, std::string_view text);

}  // namespace chr21
