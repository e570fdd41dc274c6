#pragma once

#include "api/gene_field.hpp"
#include "gene/gene.hpp"
#include "gene/karyotype.hpp"
#include "service/body_source.hpp"
#include "store/gene_store.hpp"
#include "text/json_writer.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
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

// The gene as one JSON object with exactly the eight columns in the order of `GeneField`; absent
// values are null. This is what a store keeps ready (store::Represent).
std::string to_json(const Gene& gene);

// Writes the gene with only `fields`, in their order; without any, as its record has it. An
// attribute is an array of its values.
void write_gene(text::JsonWriter& json,
                const GeneRecord& record,
                std::span<const Field> fields,
                const Karyotype& karyotype);

// Appends genes one after another: JSON an array, NDJSON a line each, CSV and TSV a header line and
// a row each. Without `fields`: the eight columns, CSV and TSV in the mart export's own order
// (description first), so that the result can be loaded again.
//
// CSV and TSV repeat a gene's row as mart exports do: the k-th row has the k-th value of each
// attribute, blank where it has fewer, and all else as the first row has it.
//
// CSV follows RFC 4180 but ends lines with LF, as mart exports do. TSV cannot enclose: a tab or
// line break inside a value is written as a space, as BioMart does. BED6 (0-based half-open; score
// 0; name is the stable ID) and GFF3 (1-based; type "gene"; ID, Name, biotype, description,
// gene_id; percent-encoded as its specification says) leave out genes whose place is unknown, and
// take no `fields`.
void write_genes(std::string& out,
                 Format format,
                 std::span<const GeneRecord* const> genes,
                 std::span<const Field> fields,
                 const Karyotype& karyotype);

// The same genes written bit by bit, in every format but JSON.
class GeneLines {
public:
    // As write_genes() takes them; keeps a reference to the karyotype.
    GeneLines(Format format, std::span<const Field> fields, const Karyotype& karyotype);

    // What stands before the first gene. `genes` have not been read.
    void write_head(std::string& out, const GeneCursor& genes) const;
    void write_gene(std::string& out, const GeneRecord& record);

    // Bytes that any gene takes.
    std::size_t least_size() const;

private:
    void write_json_line(std::string& out, const GeneRecord& record) const;

    Format format_;
    std::vector<Field> fields_;
    const Karyotype& karyotype_;
    std::vector<FieldValue> values_;
};

// The lines of all these genes as a body.
std::unique_ptr<service::BodySource> lines_of(std::unique_ptr<GeneCursor> genes, GeneLines lines);

}  // namespace chr21::api
