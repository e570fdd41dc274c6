#pragma once

#include "gene/gene.hpp"
#include "gene/karyotype.hpp"
#include "store/gene_store.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::api {

// How a list of genes is written down.
enum class Format : std::uint8_t { json, ndjson, csv, tsv, bed, gff3 };

struct FormatFacts {
    Format format;
    std::string_view name;        // the value of `format=`
    std::string_view media_type;  // what Accept asks for and Content-Type says
    std::string_view extension;   // of a download's file name, without the dot
};

inline constexpr std::array<FormatFacts, 6> formats{{
    {Format::json, "json", "application/json", "json"},
    {Format::ndjson, "ndjson", "application/x-ndjson", "ndjson"},
    {Format::csv, "csv", "text/csv", "csv"},
    {Format::tsv, "tsv", "text/tab-separated-values", "tsv"},
    {Format::bed, "bed", "text/x-bed", "bed"},
    {Format::gff3, "gff3", "text/x-gff3", "gff3"},
}};

// What a caller may ask for about a gene: the eight columns of the export, and what we compute.
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

// The gene as one JSON object with exactly the eight columns in the order of `GeneField`; absent
// values are null. This is what a store keeps ready (store::Represent).
std::string to_json(const Gene& gene);

// The same with only `fields`, in their order.
std::string to_json(const Gene& gene,
                    std::span<const GeneField> fields,
                    const Karyotype& karyotype);

// Appends a JSON string with its quotes; what is not UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);

// Appends genes one after another: JSON an array, NDJSON a line each, CSV and TSV a header line and
// a row each. Without `fields`: the eight columns, CSV and TSV in the mart export's own order
// (description first), so that the result can be loaded again.
//
// CSV follows RFC 4180 but ends lines with LF, as mart exports do. TSV cannot enclose: a tab or
// line break inside a value is written as a space, as BioMart does. BED6 (0-based half-open; score
// 0; name is the stable ID) and GFF3 (1-based; type "gene"; ID, Name, biotype, description,
// gene_id; percent-encoded as its specification says) leave out genes whose place is unknown, and
// take no `fields`.
void write_genes(std::string& out,
                 Format format,
                 std::span<const GeneRecord* const> genes,
                 std::span<const GeneField> fields,
                 const Karyotype& karyotype);

}  // namespace chr21::api
