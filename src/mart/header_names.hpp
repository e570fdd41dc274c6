#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chr21::mart {

// The columns that make a gene.
enum class Column : std::uint8_t {
    gene_description,
    gene_stable_id,
    gene_name,
    chromosome,
    gene_start,
    gene_end,
    strand,
    gene_type
};

// As the current Ensembl names them in the first line of an export.
inline constexpr std::array<std::string_view, 8> column_headers = {"Gene description",
                                                                   "Gene stable ID",
                                                                   "Gene name",
                                                                   "Chromosome/scaffold name",
                                                                   "Gene start (bp)",
                                                                   "Gene end (bp)",
                                                                   "Strand",
                                                                   "Gene type"};

// As the members of Gene are named.
inline constexpr std::array<std::string_view, 8> column_names = {"gene_description",
                                                                 "gene_stable_id",
                                                                 "gene_name",
                                                                 "chromosome",
                                                                 "gene_start",
                                                                 "gene_end",
                                                                 "strand",
                                                                 "gene_type"};

constexpr std::string_view header_of(Column column) {
    return column_headers.at(static_cast<std::size_t>(column));
}

constexpr std::string_view name_of(Column column) {
    return column_names.at(static_cast<std::size_t>(column));
}

// Lower case ASCII letters and digits; whatever stands between them is one "_":
// "% identity (query)" is "identity_query". Empty where a header has neither.
std::string slug(std::string_view header);

// Which gene column a header names, by the wording of any Ensembl release or by BioMart's internal
// name; case, spacing and punctuation do not matter.
std::optional<Column> find_column(std::string_view header);

// BioMart's internal name of an attribute that people often export: "go_id" for "GO term
// accession", for "GO Term Accession" of old releases and for "go_id" itself.
std::optional<std::string_view> find_attribute(std::string_view header);

}  // namespace chr21::mart
