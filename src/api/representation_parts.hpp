#pragma once

#include "api/gene_field.hpp"
#include "gene/karyotype.hpp"
#include "store/gene_records.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::api {

// Appends text of the export where a line has tab-separated columns: a tab or a line break, which
// such a line cannot hold, is written as a space.
void append_one_line(std::string& out, std::string_view text);

// How a kind of table is written.
struct TableStyle {
    char separator;
    void (*append_text)(std::string& out, std::string_view text);
    std::string_view blank_row;  // a row of one absent value
};

extern const TableStyle csv;
extern const TableStyle tsv;

// `fields` are not empty.
void write_table_header(std::string& out, const TableStyle& style, std::span<const Field> fields);
// The rows of one gene. `values` is room to work in.
void write_table_rows(std::string& out,
                      const TableStyle& style,
                      const Gene& gene,
                      std::span<const Field> fields,
                      const Karyotype& karyotype,
                      std::vector<FieldValue>& values);

// Nothing for a gene whose place is unknown.
void write_bed_line(std::string& out, const GeneRecord& record);

// `chromosomes` are those of the genes to come, in natural order.
void write_gff3_head(std::string& out,
                     std::span<const std::string> chromosomes,
                     const Karyotype& karyotype);
// Nothing for a gene whose place is unknown.
void write_gff3_line(std::string& out, const GeneRecord& record);

}  // namespace chr21::api
