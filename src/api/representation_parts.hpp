#pragma once

#include "api/representation.hpp"
#include "gene/karyotype.hpp"
#include "store/gene_store.hpp"

#include <span>
#include <string>
#include <string_view>

namespace chr21::api {

// Appends text of the export where a line has tab-separated columns: a tab or a line break, which
// such a line cannot hold, is written as a space.
void append_one_line(std::string& out, std::string_view text);

using ListedGenes = std::span<const GeneRecord* const>;

// `fields` are not empty.
void write_csv(std::string& out,
               ListedGenes genes,
               std::span<const Field> fields,
               const Karyotype& karyotype);
void write_tsv(std::string& out,
               ListedGenes genes,
               std::span<const Field> fields,
               const Karyotype& karyotype);
void write_bed(std::string& out, ListedGenes genes);
void write_gff3(std::string& out, ListedGenes genes, const Karyotype& karyotype);

}  // namespace chr21::api
