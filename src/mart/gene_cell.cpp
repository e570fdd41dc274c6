#include "mart/gene_cell.hpp"

#include "mart/refused_cell.hpp"

#include <optional>
#include <string>

namespace chr21::mart {
namespace {

std::optional<Strand> strand_of(std::string_view value) {
    return to_strand(value == "+1" ? "1" : value);
}

std::string set_position(std::optional<Position>& position, std::string_view value) {
    position = to_position(value);
    return position ? "" : why_no_position(value);
}

std::string set_strand(Gene& gene, std::string_view value) {
    gene.strand = strand_of(value);
    return gene.strand ? "" : why_no_strand(value);
}

bool is_same(const std::optional<std::string>& text, std::string_view value) {
    return text ? *text == value : value.empty();
}

bool is_same(const std::optional<Position>& position, std::string_view value) {
    return value.empty() ? !position : position && to_position(value) == position;
}

bool is_same(const std::optional<Strand>& strand, std::string_view value) {
    return value.empty() ? !strand : strand && strand_of(value) == strand;
}

}  // namespace

std::string set_value(Gene& gene, Column column, std::string_view value) {
    if (value.empty()) return {};
    switch (column) {
        case Column::gene_description:
            gene.gene_description.emplace(value);
            return {};
        case Column::gene_stable_id:
            gene.gene_stable_id = value;
            return {};
        case Column::gene_name:
            gene.gene_name.emplace(value);
            return {};
        case Column::chromosome:
            gene.chromosome.emplace(value);
            return {};
        case Column::gene_start:
            return set_position(gene.gene_start, value);
        case Column::gene_end:
            return set_position(gene.gene_end, value);
        case Column::strand:
            return set_strand(gene, value);
        case Column::gene_type:
            gene.gene_type.emplace(value);
            return {};
    }
    return {};
}

bool has_value(const Gene& gene, Column column, std::string_view value) {
    switch (column) {
        case Column::gene_description:
            return is_same(gene.gene_description, value);
        case Column::gene_stable_id:
            return gene.gene_stable_id == value;
        case Column::gene_name:
            return is_same(gene.gene_name, value);
        case Column::chromosome:
            return is_same(gene.chromosome, value);
        case Column::gene_start:
            return is_same(gene.gene_start, value);
        case Column::gene_end:
            return is_same(gene.gene_end, value);
        case Column::strand:
            return is_same(gene.strand, value);
        case Column::gene_type:
            return is_same(gene.gene_type, value);
    }
    return false;
}

}  // namespace chr21::mart
