#include "api/parameter_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>

namespace chr21::api {

namespace {

using Parsed = std::expected<ParameterValue, std::string>;

constexpr std::array<std::string_view, 5> sort_fields{
    "gene_start", "gene_end", "gene_name", "length", "gene_stable_id"};

constexpr auto field_names = [] {
    std::array<std::string_view, gene_fields.size()> names;
    std::ranges::transform(gene_fields, names.begin(), &GeneFieldFacts::name);
    return names;
}();

std::vector<std::string_view> split_commas(std::string_view text) {
    std::vector<std::string_view> parts;
    for (const auto part : text | std::views::split(',')) {
        parts.emplace_back(part.begin(), part.end());
    }
    return parts;
}

Parsed parse_integer(const Parameter& parameter, std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || value < parameter.minimum ||
        value > parameter.maximum) {
        return std::unexpected("must be a whole number from " + std::to_string(parameter.minimum) +
                               " to " + std::to_string(parameter.maximum));
    }
    return value;
}

Parsed parse_choice(const Parameter& parameter, std::string_view text) {
    if (std::ranges::find(parameter.choices, text) != parameter.choices.end()) return {};
    return std::unexpected("is not one of its values; " + nearest_name(text, parameter.choices));
}

Parsed parse_sort(std::string_view text) {
    Sort sort;
    for (auto name : split_commas(text)) {
        const bool descending = name.starts_with('-');
        if (descending) name.remove_prefix(1);
        const auto* const found = std::ranges::find(sort_fields, name);
        if (found == sort_fields.end()) {
            return std::unexpected("cannot sort by \"" + std::string(name) + "\"; " +
                                   nearest_name(name, sort_fields));
        }
        sort.push_back({static_cast<SortField>(found - sort_fields.begin()), descending});
    }
    return sort;
}

Parsed parse_fields(std::string_view text) {
    std::vector<GeneField> fields;
    for (const auto name : split_commas(text)) {
        const auto* const found = std::ranges::find(gene_fields, name, &GeneFieldFacts::name);
        if (found == gene_fields.end()) {
            return std::unexpected("has no field \"" + std::string(name) + "\"; " +
                                   nearest_name(name, field_names));
        }
        if (std::ranges::find(fields, found->field) != fields.end()) {
            return std::unexpected("names " + std::string(name) + " twice");
        }
        fields.push_back(found->field);
    }
    return fields;
}

// The chromosomes that a region may name: those of the assembly and those that have genes.
std::string known_chromosomes(const Bounds& bounds) {
    std::string names;
    for (const auto& [name, count] : bounds.store.chromosomes()) {
        if (!names.empty()) names += ", ";
        names += name;
    }
    return names;
}

bool has_chromosome(const Bounds& bounds, const std::string& name) {
    const auto counts = bounds.store.chromosomes();
    return std::ranges::find(counts, name, &ChromosomeCount::chromosome) != counts.end();
}

Parsed parse_bounded_region(const std::string& text, const Bounds& bounds) {
    auto region = parse_region(text);
    if (!region) return std::unexpected(region.error().message);
    const auto length = bounds.karyotype.length(region->chromosome());
    if (length && region->last() > *length) {
        return std::unexpected("lies outside chromosome " + region->chromosome() +
                               ", which ends at " + std::to_string(*length));
    }
    if (!length && !has_chromosome(bounds, region->chromosome())) {
        return std::unexpected("names a chromosome that this dataset does not have; it has: " +
                               known_chromosomes(bounds));
    }
    return *std::move(region);
}

Parsed parse_band(std::string_view text, const Bounds& bounds) {
    if (bounds.karyotype.empty()) {
        return std::unexpected(
            "cannot be used: the bands of this dataset's assembly are not known");
    }
    auto regions = bounds.karyotype.find_band(text);
    if (!regions.empty()) return regions;
    std::vector<std::string> names;
    for (const auto& [chromosome, count] : bounds.store.chromosomes()) {
        for (const auto& band : bounds.karyotype.bands(chromosome)) names.push_back(band.name);
    }
    const std::vector<std::string_view> known(names.begin(), names.end());
    return std::unexpected("is not a band of this assembly; " + nearest_name(text, known));
}

// A "+" in a query arrives as a space unless it is sent as %2B.
Parsed parse_strand(std::string_view text) {
    const auto strand = to_strand(text == " " ? "+" : text);
    if (!strand) return std::unexpected("must be 1, -1, + or -");
    return *strand;
}

}  // namespace

std::span<const std::string_view> sort_field_names() { return sort_fields; }

std::expected<ParameterValue, std::string> parse_value(const Parameter& parameter,
                                                       const std::string& text,
                                                       const Bounds& bounds) {
    switch (parameter.kind) {
        case ParameterKind::text:
            return {};
        case ParameterKind::integer:
            return parse_integer(parameter, text);
        case ParameterKind::choice:
            return parse_choice(parameter, text);
        case ParameterKind::sort:
            return parse_sort(text);
        case ParameterKind::fields:
            return parse_fields(text);
        case ParameterKind::region:
            return parse_bounded_region(text, bounds);
        case ParameterKind::band:
            return parse_band(text, bounds);
        case ParameterKind::strand:
            return parse_strand(text);
    }
    return {};
}

}  // namespace chr21::api
