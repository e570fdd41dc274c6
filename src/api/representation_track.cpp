#include "api/representation_parts.hpp"
#include "gene/region.hpp"
#include "text/append_number.hpp"
#include "text/ascii.hpp"
#include "text/percent_coding.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chr21::api {
namespace {

char to_sign(const std::optional<Strand>& strand) {
    if (!strand) return '.';
    return *strand == Strand::forward ? '+' : '-';
}

// GFF3 specification, "Description of the Format": column 1 lets these characters through.
bool is_plain_in_seqid(char character) {
    constexpr std::string_view marks = ".:^*$@!+_?-|";
    return text::is_letter(character) || text::is_digit(character) || marks.contains(character);
}

// Column 9 lets all but these through.
bool is_plain_in_attribute(char character) {
    return !text::is_control(character) && !std::string_view("%;=&,").contains(character);
}

void append_attribute(std::string& out,
                      std::string_view tag,
                      const std::optional<std::string>& value) {
    if (!value) return;
    out.append(1, ';').append(tag).append(1, '=');
    text::append_percent_encoded(out, *value, is_plain_in_attribute);
}

// The columns as Ensembl's own GFF3 files have them.
void append_gff3_row(std::string& out, const Gene& gene, const Region& region) {
    text::append_percent_encoded(out, region.chromosome(), is_plain_in_seqid);
    out += "\tEnsembl\tgene\t";
    text::append_number(out, region.first());
    out += '\t';
    text::append_number(out, region.last());
    out.append("\t.\t").append(1, to_sign(gene.strand)).append("\t.\tID=gene:");
    text::append_percent_encoded(out, gene.gene_stable_id, is_plain_in_attribute);
    append_attribute(out, "Name", gene.gene_name);
    append_attribute(out, "biotype", gene.gene_type);
    append_attribute(out, "description", gene.gene_description);
    append_attribute(out, "gene_id", gene.gene_stable_id);
    out += '\n';
}

}  // namespace

void write_bed_line(std::string& out, const GeneRecord& record) {
    const auto region = region_of(record.gene());
    if (!region) return;
    append_one_line(out, region->chromosome());
    out += '\t';
    text::append_number(out, std::int64_t{region->first()} - 1);
    out += '\t';
    text::append_number(out, region->last());
    out += '\t';
    append_one_line(out, record.gene_stable_id());
    out.append("\t0\t").append(1, to_sign(record.strand())).append(1, '\n');
}

void write_gff3_head(std::string& out,
                     std::span<const std::string> chromosomes,
                     const Karyotype& karyotype) {
    out += "##gff-version 3\n";
    for (const auto& chromosome : chromosomes) {
        const auto length = karyotype.length(chromosome);
        if (!length) continue;
        out += "##sequence-region ";
        text::append_percent_encoded(out, chromosome, is_plain_in_seqid);
        out += " 1 ";
        text::append_number(out, *length);
        out += '\n';
    }
}

void write_gff3_line(std::string& out, const GeneRecord& record) {
    const auto gene = record.gene();
    const auto region = region_of(gene);
    if (region) append_gff3_row(out, gene, *region);
}

}  // namespace chr21::api
