#include "api/gene_parameters.hpp"

#include "gene/stable_id.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace chr21::api {

namespace {

// Values of one attribute stand together.
std::vector<AttributeFilter> attribute_filters(const Arguments& arguments) {
    std::vector<AttributeFilter> filters;
    arguments.for_each("attribute.", [&filters](const Argument& one) {
        auto found = std::ranges::find(filters, one.member, &AttributeFilter::name);
        if (found == filters.end()) found = filters.insert(found, {one.member, {}});
        found->values.push_back(fold(one.text));
    });
    return filters;
}

// A filter compares whole stable IDs, so it takes those that the dataset has in place of the ones
// that were asked for with another version, or with none.
void add_other_versions(const Arguments& arguments, const GeneStore& store, GeneFilter& filter) {
    std::vector<Wanted> versioned;
    arguments.for_each("gene_stable_id", [&versioned](const Argument& one) {
        if (!read_version(fold(one.text))) return;
        versioned.push_back({.kind = Wanted::Kind::id, .text = one.text});
    });
    if (versioned.empty()) return;
    for (const auto& match : store.look_up(versioned).all) {
        if (match.record == nullptr || match.kind != MatchKind::stable_id) continue;
        auto id = fold(match.record->gene_stable_id());
        if (std::ranges::find(filter.gene_stable_ids, id) == filter.gene_stable_ids.end()) {
            filter.gene_stable_ids.push_back(std::move(id));
        }
    }
}

}  // namespace

GeneFilter to_filter(const Arguments& arguments) {
    GeneFilter filter;
    const auto collect_folded = [&arguments](std::string_view name,
                                             std::vector<std::string>& into) {
        arguments.for_each(name, [&into](const Argument& one) { into.push_back(fold(one.text)); });
    };
    collect_folded("gene_type", filter.gene_types);
    collect_folded("biotype", filter.biotypes);
    collect_folded("search", filter.searches);
    if (const auto* columns = arguments.find("search_in")) {
        filter.search_in = std::get<std::vector<std::string>>(columns->value);
    }
    filter.attributes = attribute_filters(arguments);
    collect_folded("name", filter.gene_names);
    arguments.for_each("gene_stable_id", [&filter](const Argument& one) {
        filter.gene_stable_ids.push_back(fold(one.text));
        auto unversioned = fold_stable_id(one.text);
        if (unversioned != filter.gene_stable_ids.back()) {
            filter.gene_stable_ids.push_back(std::move(unversioned));
        }
    });
    arguments.for_each("chromosome", [&filter](const Argument& one) {
        const auto& names = std::get<std::vector<std::string>>(one.value);
        filter.chromosomes.push_back(names.empty() ? one.text : names.front());
    });
    arguments.for_each("region", [&filter](const Argument& one) {
        filter.regions.push_back(std::get<Region>(one.value));
    });
    arguments.for_each("band", [&filter](const Argument& one) {
        const auto& regions = std::get<std::vector<Region>>(one.value);
        filter.bands.insert(filter.bands.end(), regions.begin(), regions.end());
    });
    if (const auto* strand = arguments.find("strand")) {
        filter.strand = std::get<Strand>(strand->value);
    }
    filter.min_length = arguments.integer("min_length");
    filter.max_length = arguments.integer("max_length");
    return filter;
}

GeneFilter to_filter(const Arguments& arguments, const GeneStore& store) {
    auto filter = to_filter(arguments);
    add_other_versions(arguments, store, filter);
    return filter;
}

std::span<const Field> fields_of(const Arguments& arguments) {
    const auto* given = arguments.find("fields");
    if (given == nullptr) return {};
    return std::get<std::vector<Field>>(given->value);
}

}  // namespace chr21::api
