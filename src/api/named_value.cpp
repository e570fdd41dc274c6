#include "api/named_value.hpp"

#include "api/nearest_name.hpp"
#include "text/ascii.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace chr21::api {

namespace {

using Chromosome = std::expected<std::string, ValueFault>;

ValueFault ambiguous(std::span<const std::string> names) {
    return {.message = fmt::format("may mean {}: write the one that is meant", list_of(names))};
}

std::unexpected<ValueFault> nothing(std::string_view what, std::string_view text) {
    return std::unexpected(
        ValueFault{.message = fmt::format("names nothing: there is no {} \"{}\"", what, text),
                   .kind = ValueFault::Kind::names_nothing});
}

// Empty where there is none.
Chromosome name_of(std::string_view text, const ChromosomeNames& names) {
    const auto meant = names.meant_by(text);
    if (meant.empty()) return {};
    if (meant.size() > 1) return std::unexpected(ambiguous(meant));
    return meant.front();
}

// Of the dataset, or else of its assembly, where no gene may be.
Chromosome placed_name_of(std::string_view text, const Bounds& bounds) {
    auto name = name_of(text, bounds.store.chromosome_names());
    if (!name || !name->empty()) return name;
    return name_of(text, bounds.karyotype.names());
}

bool is_part_of_gene_type(std::string_view text, const Bounds& bounds) {
    const auto folded = fold(text);
    return std::ranges::any_of(bounds.store.folded_gene_types(),
                               [&folded](const auto& type) { return type.contains(folded); });
}

bool is_gene_type(std::string_view text, const Bounds& bounds) {
    const auto& types = bounds.store.folded_gene_types();
    return std::ranges::binary_search(types, fold(text));
}

// What `text` is compared with: "21q21.3" where it begins with a chromosome, else "q21.3".
std::vector<std::string> band_names(std::string_view text, const Bounds& bounds) {
    const bool is_title = !text.empty() && !std::string_view("pqPQ").contains(text.front());
    std::vector<std::string> names;
    for (const auto& [chromosome, count] : bounds.store.chromosomes()) {
        for (const auto& band : bounds.karyotype.bands(chromosome)) {
            names.push_back(is_title ? title_of(band) : band.name);
        }
    }
    if (is_title) return names;
    std::ranges::sort(names);
    const auto twice = std::ranges::unique(names);
    names.erase(twice.begin(), twice.end());
    return names;
}

}  // namespace

ParsedValue parse_chromosome(const std::string& text, bool must_name, const Bounds& bounds) {
    auto name = name_of(text, bounds.store.chromosome_names());
    if (!name) return std::unexpected(std::move(name.error()));
    if (!name->empty()) return std::vector{*std::move(name)};
    if (must_name) return nothing("chromosome", text);
    return std::vector<std::string>();
}

ParsedValue parse_bounded_region(const std::string& text, const Bounds& bounds) {
    auto region = parse_region(text);
    if (!region) return std::unexpected(ValueFault{.message = std::move(region.error().message)});
    auto name = placed_name_of(region->chromosome(), bounds);
    if (!name) return std::unexpected(std::move(name.error()));
    if (name->empty()) {
        return std::unexpected(
            ValueFault{.message = "names a chromosome that this dataset does not have",
                       .kind = ValueFault::Kind::unknown_part});
    }
    const auto length = bounds.karyotype.length(*name);
    if (length && region->last() > *length) {
        return std::unexpected(
            ValueFault{.message = fmt::format(
                           "lies outside chromosome {}, which ends at {}", *name, *length)});
    }
    return Region::make(*std::move(name), region->first(), region->last()).value();
}

ParsedValue parse_band(std::string_view text, const Bounds& bounds) {
    if (bounds.karyotype.empty()) {
        return std::unexpected(ValueFault{
            .message = "cannot be used: the bands of this dataset's assembly are not known"});
    }
    auto regions = bounds.karyotype.find_band(text);
    if (regions.empty()) return nothing("band", text);
    return regions;
}

ParsedValue parse_gene_type(const std::string& text, bool must_name, const Bounds& bounds) {
    if (must_name && !is_part_of_gene_type(text, bounds)) return nothing("gene type with", text);
    return {};
}

ParsedValue parse_biotype(const std::string& text, const Bounds& bounds) {
    if (!is_gene_type(text, bounds)) return nothing("gene type", text);
    return {};
}

bool is_known(const Argument& argument, const Bounds& bounds) {
    const auto& text = argument.text;
    const auto& parameter = *argument.parameter;
    if (parameter.members != nullptr) {
        const GeneFilter filter{.attributes = {{argument.member, {fold(text)}}}};
        return bounds.store.list(filter, {}, {.limit = 0}).total > 0;
    }
    switch (parameter.kind) {
        case ParameterKind::text:
            return true;
        case ParameterKind::chromosome:
            return !bounds.store.chromosome_names().meant_by(text).empty();
        case ParameterKind::gene_type:
            return is_part_of_gene_type(text, bounds);
        case ParameterKind::gene_name:
            return bool{bounds.store.find_by_name(text)};
        case ParameterKind::gene_stable_id:
            return bool{bounds.store.find(text)};
        default:
            return parse_value(parameter, text, bounds).has_value();
    }
}

bool names_nothing(const Argument& argument, const Bounds& bounds) {
    switch (argument.parameter->kind) {
        case ParameterKind::chromosome:
            return std::get<std::vector<std::string>>(argument.value).empty();
        case ParameterKind::gene_type:
            return !is_part_of_gene_type(argument.text, bounds);
        default:
            return false;
    }
}

std::vector<std::string> nearest_of(const Argument& argument,
                                    const Bounds& bounds,
                                    std::size_t most) {
    const std::string_view text = argument.text;
    switch (argument.parameter->kind) {
        case ParameterKind::chromosome:
            return bounds.store.chromosome_names().nearest(text, most);
        case ParameterKind::region:
            return bounds.store.chromosome_names().nearest(text.substr(0, text.rfind(':')), most);
        case ParameterKind::band:
            return nearest_values(without_chr(text), band_names(without_chr(text), bounds), most);
        case ParameterKind::gene_type:
        case ParameterKind::biotype:
            return nearest_values(text, bounds.store.gene_types(), most);
        default:
            return {};
    }
}

std::optional<std::string> read_as(const Argument& argument) {
    if (argument.parameter->kind == ParameterKind::chromosome) {
        const auto& names = std::get<std::vector<std::string>>(argument.value);
        if (!names.empty() && names.front() != argument.text) return names.front();
    }
    if (argument.parameter->kind == ParameterKind::region) {
        const auto& region = std::get<Region>(argument.value);
        const auto written = argument.text.substr(0, argument.text.rfind(':'));
        if (written != region.chromosome()) return to_text(region);
    }
    return {};
}

service::Notice make_notice_of_nothing(std::string_view parameter,
                                       std::string value,
                                       std::vector<std::string> nearest) {
    return {.kind = "names-nothing",
            .parameters = {{"parameter", {std::string(parameter)}},
                           {"value", {std::move(value)}},
                           {"nearest", std::move(nearest)}}};
}

}  // namespace chr21::api
