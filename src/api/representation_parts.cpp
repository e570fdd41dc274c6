#include "api/representation_parts.hpp"

#include "gene/region.hpp"

#include <array>
#include <charconv>
#include <optional>
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

}  // namespace

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

void append_number(std::string& out, std::int64_t number) {
    std::array<char, 20> digits{};
    char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_one_line(std::string& out, std::string_view text) {
    for (auto at = text.find_first_of("\t\r\n"); at != std::string_view::npos;
         at = text.find_first_of("\t\r\n")) {
        out.append(text.substr(0, at)).append(1, ' ');
        text.remove_prefix(at + 1);
    }
    out.append(text);
}

}  // namespace chr21::api
