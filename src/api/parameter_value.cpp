#include "api/parameter_value.hpp"

#include "api/named_value.hpp"
#include "api/nearest_name.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <ranges>
#include <utility>

namespace chr21::api {

namespace {

using Parsed = ParsedValue;

constexpr std::array<std::string_view, 5> sort_fields{
    "gene_start", "gene_end", "gene_name", "length", "gene_stable_id"};

constexpr std::array<std::string_view, 3> search_columns{
    "gene_stable_id", "gene_name", "gene_description"};

std::vector<std::string_view> split_commas(std::string_view text) {
    std::vector<std::string_view> parts;
    for (const auto part : text | std::views::split(',')) {
        parts.push_back(text::trimmed({part.begin(), part.end()}));
    }
    return parts;
}

// The first name that stands twice in a list.
std::optional<std::string_view> repeated(std::span<const std::string_view> names) {
    for (std::size_t at = 1; at < names.size(); ++at) {
        const auto before = names.first(at);
        if (std::ranges::find(before, names[at]) != before.end()) return names[at];
    }
    return std::nullopt;
}

std::unexpected<ValueFault> refuse(std::string message) {
    return std::unexpected(ValueFault{.message = std::move(message)});
}

std::unexpected<ValueFault> named_twice(std::string_view name) {
    return refuse("names " + std::string(name) + " twice");
}

Parsed parse_integer(const Parameter& parameter, std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || value < parameter.minimum ||
        value > parameter.maximum) {
        return refuse("must be a whole number from " + std::to_string(parameter.minimum) + " to " +
                      std::to_string(parameter.maximum));
    }
    return value;
}

Parsed parse_choice(const Parameter& parameter, std::string_view text) {
    if (std::ranges::find(parameter.choices, text) != parameter.choices.end()) return {};
    return refuse("is not one of its values; " + nearest_name(text, parameter.choices));
}

Parsed parse_sort(std::string_view text) {
    Sort sort;
    for (auto name : split_commas(text)) {
        const bool descending = name.starts_with('-');
        if (descending) name.remove_prefix(1);
        const auto* const found = std::ranges::find(sort_fields, name);
        if (found == sort_fields.end()) {
            return refuse("cannot sort by \"" + std::string(name) + "\"; " +
                          nearest_name(name, sort_fields));
        }
        sort.push_back({static_cast<SortField>(found - sort_fields.begin()), descending});
    }
    return sort;
}

// Puts the columns of the export that `fields` lack at `position`.
void insert_rest(std::vector<Field>& fields, std::size_t position, const Dataset& dataset) {
    auto rest = export_fields(dataset);
    std::erase_if(rest, [&fields](const Field& field) {
        return std::ranges::find(fields, field) != fields.end();
    });
    fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(position), rest.begin(), rest.end());
}

std::unexpected<ValueFault> no_field(std::string_view name, const Dataset& dataset) {
    auto known = field_names(dataset);
    known.emplace_back(all_fields);
    return refuse("has no field \"" + std::string(name) + "\"; " + nearest_name(name, known));
}

Parsed parse_fields(std::string_view text, const Dataset& dataset) {
    const auto names = split_commas(text);
    if (const auto name = repeated(names)) return named_twice(*name);
    std::vector<Field> fields;
    std::optional<std::size_t> rest_at;
    for (const auto name : names) {
        if (name == all_fields) {
            rest_at = fields.size();
            continue;
        }
        auto field = find_field(name, dataset);
        if (!field) return no_field(name, dataset);
        fields.push_back(*std::move(field));
    }
    if (rest_at) insert_rest(fields, *rest_at, dataset);
    return fields;
}

Parsed parse_search_columns(std::string_view text, const Bounds& bounds) {
    std::vector<std::string> known(search_columns.begin(), search_columns.end());
    std::ranges::move(attribute_names(bounds), std::back_inserter(known));
    const auto names = split_commas(text);
    if (const auto name = repeated(names)) return named_twice(*name);
    std::vector<std::string> columns;
    for (const auto name : names) {
        if (std::ranges::find(known, name) == known.end()) {
            return refuse("cannot search in \"" + std::string(name) + "\"; " +
                          nearest_name(name, known));
        }
        columns.emplace_back(name);
    }
    return columns;
}

Parsed parse_strand(std::string_view text) {
    const auto strand = to_strand(text);
    if (!strand) return refuse("must be 1, -1, + or -");
    return *strand;
}

}  // namespace

std::span<const std::string_view> sort_field_names() { return sort_fields; }

std::span<const std::string_view> field_choices() {
    static constexpr auto choices = [] {
        std::array<std::string_view, gene_fields.size() + 1> names{};
        *std::ranges::transform(gene_fields, names.begin(), &GeneFieldFacts::name).out = all_fields;
        return names;
    }();
    return choices;
}

std::span<const std::string_view> search_column_names() { return search_columns; }

std::vector<std::string> attribute_names(const Bounds& bounds) {
    std::vector<std::string> names;
    for (const auto& attribute : bounds.store.dataset().attributes) names.push_back(attribute.name);
    return names;
}

std::expected<ParameterValue, ValueFault> parse_value(const Parameter& parameter,
                                                      const std::string& text,
                                                      const Bounds& bounds) {
    switch (parameter.kind) {
        case ParameterKind::text:
        case ParameterKind::gene_name:
        case ParameterKind::gene_stable_id:
            return {};
        case ParameterKind::chromosome:
            return parse_chromosome(text, parameter.must_name, bounds);
        case ParameterKind::gene_type:
            return parse_gene_type(text, parameter.must_name, bounds);
        case ParameterKind::biotype:
            return parse_biotype(text, bounds);
        case ParameterKind::integer:
            return parse_integer(parameter, text);
        case ParameterKind::choice:
            return parse_choice(parameter, text);
        case ParameterKind::sort:
            return parse_sort(text);
        case ParameterKind::fields:
            return parse_fields(text, bounds.store.dataset());
        case ParameterKind::search_columns:
            return parse_search_columns(text, bounds);
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
