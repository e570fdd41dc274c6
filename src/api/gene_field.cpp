#include "api/gene_field.hpp"

#include "gene/region.hpp"

#include <algorithm>
#include <utility>

namespace chr21::api {
namespace {

FieldValue to_value(const std::optional<std::string>& text) {
    if (!text) return std::monostate{};
    return std::string_view(*text);
}

FieldValue to_value(const std::optional<Position>& position) {
    if (!position) return std::monostate{};
    return std::int64_t{*position};
}

FieldValue to_value(const std::optional<Strand>& strand) {
    if (!strand) return std::monostate{};
    return static_cast<std::int64_t>(*strand);
}

FieldValue band_of(const Gene& gene, const Karyotype& karyotype) {
    const auto region = region_of(gene);
    if (!region) return std::monostate{};
    auto band = karyotype.band_of(*region);
    if (!band) return std::monostate{};
    return *std::move(band);
}

FieldValue value_of(const Gene& gene, GeneField field, const Karyotype& karyotype) {
    switch (field) {
        case GeneField::gene_stable_id:
            return std::string_view(gene.gene_stable_id);
        case GeneField::gene_name:
            return to_value(gene.gene_name);
        case GeneField::gene_description:
            return to_value(gene.gene_description);
        case GeneField::chromosome:
            return to_value(gene.chromosome);
        case GeneField::gene_start:
            return to_value(gene.gene_start);
        case GeneField::gene_end:
            return to_value(gene.gene_end);
        case GeneField::strand:
            return to_value(gene.strand);
        case GeneField::gene_type:
            return to_value(gene.gene_type);
        case GeneField::length:
            return to_value(length(gene));
        case GeneField::band:
            break;
    }
    return band_of(gene, karyotype);
}

}  // namespace

Field to_field(GeneField field) {
    const auto& facts = gene_fields.at(static_cast<std::size_t>(field));
    return {
        .name = std::string(facts.name), .header = std::string(facts.mart_header), .source = field};
}

Field to_field(const AttributeColumn& attribute, std::size_t cell) {
    return {.name = attribute.name,
            .header = attribute.header,
            .source = attribute.name,
            .cell = cell,
            .further_headers = attribute.further_headers};
}

std::optional<Field> find_field(std::string_view name, const Dataset& dataset) {
    const auto* const facts = std::ranges::find(gene_fields, name, &GeneFieldFacts::name);
    if (facts != gene_fields.end()) return to_field(facts->field);
    const auto attribute = std::ranges::find(dataset.attributes, name, &AttributeColumn::name);
    if (attribute == dataset.attributes.end()) return std::nullopt;
    std::size_t cell = 0;
    for (auto before = dataset.attributes.begin(); before != attribute; ++before) {
        cell += cells_of(*before);
    }
    return to_field(*attribute, cell);
}

std::vector<std::string> field_names(const Dataset& dataset) {
    std::vector<std::string> names;
    names.reserve(gene_fields.size() + dataset.attributes.size());
    for (const auto& facts : gene_fields) names.emplace_back(facts.name);
    for (const auto& attribute : dataset.attributes) names.push_back(attribute.name);
    return names;
}

std::vector<Field> export_fields(const Dataset& dataset) {
    std::vector<Field> fields;
    for (const auto& facts : gene_fields) {
        if (facts.field < GeneField::length) fields.push_back(to_field(facts.field));
    }
    std::size_t cell = 0;
    for (const auto& attribute : dataset.attributes) {
        fields.push_back(to_field(attribute, cell));
        cell += cells_of(attribute);
    }
    return fields;
}

FieldValue value_of(const Gene& gene, const Field& field, const Karyotype& karyotype) {
    if (const auto* attribute = std::get_if<std::string>(&field.source)) {
        return values_of(gene, *attribute);
    }
    return value_of(gene, std::get<GeneField>(field.source), karyotype);
}

}  // namespace chr21::api
