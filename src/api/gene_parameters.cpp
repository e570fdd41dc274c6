#include "api/gene_parameters.hpp"

#include "gene/fold.hpp"

#include <string>

namespace chr21::api {

GeneFilter to_filter(const Arguments& arguments) {
    GeneFilter filter;
    const auto collect_folded = [&arguments](std::string_view name,
                                             std::vector<std::string>& into) {
        arguments.for_each(name, [&into](const Argument& one) { into.push_back(fold(one.text)); });
    };
    // The path of a gene's neighbors names that gene; it narrows nothing.
    const auto is_query = [](const Argument& one) { return !one.parameter->in_path; };
    collect_folded("gene_type", filter.gene_types);
    collect_folded("search", filter.searches);
    collect_folded("name", filter.gene_names);
    arguments.for_each("gene_stable_id", [&filter, is_query](const Argument& one) {
        if (!is_query(one)) return;
        filter.gene_stable_ids.push_back(fold(one.text));
        auto unversioned = fold_stable_id(one.text);
        if (unversioned != filter.gene_stable_ids.back()) {
            filter.gene_stable_ids.push_back(std::move(unversioned));
        }
    });
    arguments.for_each("chromosome",
                       [&filter](const Argument& one) { filter.chromosomes.push_back(one.text); });
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

}  // namespace chr21::api
