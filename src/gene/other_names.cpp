#include "gene/other_names.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace chr21 {
namespace {

struct Known {
    std::string_view attribute;
    OtherName kind;
};

// The one list of them; docs/api.md shows it. Names that BioMart gives, and those that the headers
// of HGNC's and other tables become.
constexpr auto known_columns = std::to_array<Known>({
    {"previous_symbol", OtherName::previous_name},
    {"previous_symbols", OtherName::previous_name},
    {"prev_symbol", OtherName::previous_name},
    {"hgnc_previous_symbol", OtherName::previous_name},
    {"hgnc_previous_symbols", OtherName::previous_name},
    {"previous_name", OtherName::previous_name},
    {"previous_names", OtherName::previous_name},
    {"external_synonym", OtherName::synonym},
    {"synonym", OtherName::synonym},
    {"synonyms", OtherName::synonym},
    {"alias", OtherName::synonym},
    {"aliases", OtherName::synonym},
    {"alias_symbol", OtherName::synonym},
    {"alias_symbols", OtherName::synonym},
    {"hgnc_alias_symbol", OtherName::synonym},
    {"hgnc_alias_symbols", OtherName::synonym},
    {"ensembl_transcript_id", OtherName::identifier},
    {"ensembl_transcript_id_version", OtherName::identifier},
    {"canonical_transcript_stable_id", OtherName::identifier},
    {"transcript_mane_select", OtherName::identifier},
    {"transcript_mane_plus_clinical", OtherName::identifier},
    {"ensembl_peptide_id", OtherName::identifier},
    {"ensembl_peptide_id_version", OtherName::identifier},
    {"ensembl_exon_id", OtherName::identifier},
    {"refseq_mrna", OtherName::identifier},
    {"refseq_mrna_predicted", OtherName::identifier},
    {"refseq_ncrna", OtherName::identifier},
    {"refseq_ncrna_predicted", OtherName::identifier},
    {"refseq_peptide", OtherName::identifier},
    {"refseq_peptide_predicted", OtherName::identifier},
    {"refseq_dna", OtherName::identifier},
    {"ccds", OtherName::identifier},
    {"hgnc_id", OtherName::identifier},
    {"mgi_id", OtherName::identifier},
    {"rgd_id", OtherName::identifier},
    {"zfin_id_id", OtherName::identifier},
    {"uniprotswissprot", OtherName::identifier},
    {"uniprotsptrembl", OtherName::identifier},
    {"uniprot_gn_id", OtherName::identifier},
    {"uniprot_isoform", OtherName::identifier},
    {"ens_lrg_gene", OtherName::identifier},
    {"ens_lrg_transcript", OtherName::identifier},
    {"entrezgene_id", OtherName::ncbi_gene_id},
    {"entrezgene", OtherName::ncbi_gene_id},
});

}  // namespace

bool is_earlier_name(OtherName kind) {
    return kind == OtherName::previous_name || kind == OtherName::synonym;
}

std::optional<OtherName> other_name_of(std::string_view attribute) {
    const auto* const known = std::ranges::find(known_columns, attribute, &Known::attribute);
    if (known == known_columns.end()) return {};
    return known->kind;
}

std::vector<OtherNameColumn> other_names_of(const Dataset& dataset) {
    std::vector<OtherNameColumn> columns;
    for (std::size_t number = 0; number < dataset.attributes.size(); ++number) {
        if (const auto kind = other_name_of(dataset.attributes[number].name)) {
            columns.push_back({.attribute = number, .kind = *kind});
        }
    }
    std::ranges::sort(
        columns, {}, [](const OtherNameColumn& one) { return std::pair(one.kind, one.attribute); });
    return columns;
}

bool may_be(OtherName kind, std::string_view text) {
    const bool is_number = !text.empty() && std::ranges::all_of(text, text::is_digit);
    return !text.empty() && is_number == (kind == OtherName::ncbi_gene_id);
}

}  // namespace chr21
