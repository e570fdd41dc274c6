#pragma once

#include "api/representation.hpp"
#include "gene/gene.hpp"
#include "gene/karyotype.hpp"
#include "store/gene_store.hpp"

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace chr21::api {

// What a gene has for a field: nothing, text of the gene's own, text made here, or a number.
using FieldValue = std::variant<std::monostate, std::string_view, std::string, std::int64_t>;

// Valid while `gene` is.
FieldValue value_of(const Gene& gene, GeneField field, const Karyotype& karyotype);

// In decimal.
void append_number(std::string& out, std::int64_t number);

// Appends text of the export where a line has tab-separated columns: a tab or a line break, which
// such a line cannot hold, is written as a space.
void append_one_line(std::string& out, std::string_view text);

using ListedGenes = std::span<const GeneRecord* const>;

// `fields` are not empty.
void write_csv(std::string& out,
               ListedGenes genes,
               std::span<const GeneField> fields,
               const Karyotype& karyotype);
void write_tsv(std::string& out,
               ListedGenes genes,
               std::span<const GeneField> fields,
               const Karyotype& karyotype);
void write_bed(std::string& out, ListedGenes genes);
void write_gff3(std::string& out, ListedGenes genes, const Karyotype& karyotype);

}  // namespace chr21::api
