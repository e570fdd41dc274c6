#pragma once

#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "gene/karyotype.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chr21::api {

// What every gene has that a caller may ask for: the eight columns of the export, and what we
// compute.
enum class GeneField : std::uint8_t {
    gene_stable_id,
    gene_name,
    gene_description,
    chromosome,
    gene_start,
    gene_end,
    strand,
    gene_type,
    length,  // bp, both ends counted
    band,    // the band or band range the gene touches, "q22.13" or "q22.13-q22.2"
};

struct GeneFieldFacts {
    GeneField field;
    std::string_view name;         // in JSON and in `fields=`
    std::string_view mart_header;  // in CSV and TSV
    std::string_view description;
};

inline constexpr std::array<GeneFieldFacts, 10> gene_fields{{
    {GeneField::gene_stable_id,
     "gene_stable_id",
     "Gene stable ID",
     "Ensembl gene stable ID, without its version"},
    {GeneField::gene_name,
     "gene_name",
     "Gene name",
     "gene name (symbol); null where the release has none"},
    {GeneField::gene_description,
     "gene_description",
     "Gene description",
     "description with its source; null where the release has none"},
    {GeneField::chromosome,
     "chromosome",
     "Chromosome/scaffold name",
     "chromosome or scaffold, without chr"},
    {GeneField::gene_start,
     "gene_start",
     "Gene start (bp)",
     "first base pair of the gene, 1-based, inclusive"},
    {GeneField::gene_end,
     "gene_end",
     "Gene end (bp)",
     "last base pair of the gene, 1-based, inclusive"},
    {GeneField::strand, "strand", "Strand", "1 is the forward strand, -1 the reverse strand"},
    {GeneField::gene_type, "gene_type", "Gene type", "biotype, such as protein_coding or lncRNA"},
    {GeneField::length, "length", "Gene length (bp)", "base pairs from start to end, both counted"},
    {GeneField::band,
     "band",
     "Karyotype band",
     "karyotype band, or the range of bands, that the gene touches"},
}};

// In `fields=`: every column of the export that the list does not name itself.
inline constexpr std::string_view all_fields = "all";

// One field of an answer: one that every gene has, or an attribute of the dataset.
struct Field {
    std::string name;                             // in JSON and in `fields=`
    std::string header;                           // in CSV and TSV
    std::variant<GeneField, std::string> source;  // the attribute by its name
    // Of an attribute: the cell of its first column in AttributeRows, and the headers of further
    // columns, which stand behind the first in CSV and TSV.
    std::size_t cell = 0;
    std::vector<std::string> further_headers = {};

    friend bool operator==(const Field&, const Field&) = default;
};

Field to_field(GeneField field);
// `cell` is that of its first column.
Field to_field(const AttributeColumn& attribute, std::size_t cell);

// The field of that name, if the dataset has it. A GeneField goes before an attribute.
std::optional<Field> find_field(std::string_view name, const Dataset& dataset);
// All names that find_field() finds.
std::vector<std::string> field_names(const Dataset& dataset);

// What the export of the dataset says of a gene: the eight columns, then every attribute.
std::vector<Field> export_fields(const Dataset& dataset);

// What a gene has for a field: nothing, text of the gene's own, text made here, a number, or the
// values of an attribute, at times none.
using FieldValue = std::variant<std::monostate,
                                std::string_view,
                                std::string,
                                std::int64_t,
                                std::span<const std::string>>;

// Valid while `gene` is.
FieldValue value_of(const Gene& gene, const Field& field, const Karyotype& karyotype);

}  // namespace chr21::api
