#include "gene/gene_filter.hpp"

#include "text/fold.hpp"

#include <algorithm>
#include <span>
#include <string_view>

namespace chr21 {
namespace {

using Texts = std::vector<std::string>;

bool equals_one(const std::optional<std::string>& value, const Texts& wanted) {
    return value && std::ranges::find(wanted, fold(*value)) != wanted.end();
}

bool contains_one(const std::optional<std::string>& value, const Texts& wanted) {
    if (!value) return false;
    const auto folded = fold(*value);
    return std::ranges::any_of(wanted, [&](const auto& part) { return folded.contains(part); });
}

bool contains_one(std::span<const std::string> values, const Texts& wanted) {
    return std::ranges::any_of(values, [&](const std::string& value) {
        return contains_one(std::optional(value), wanted);
    });
}

bool found_in(const Gene& gene, std::string_view column, const Texts& wanted) {
    if (column == "gene_stable_id") return contains_one(gene.gene_stable_id, wanted);
    if (column == "gene_name") return contains_one(gene.gene_name, wanted);
    if (column == "gene_description") return contains_one(gene.gene_description, wanted);
    return contains_one(values_of(gene, column), wanted);
}

bool admits_search(const GeneFilter& filter, const Gene& gene) {
    if (filter.searches.empty()) return true;
    if (filter.search_in.empty()) {
        return contains_one(gene.gene_name, filter.searches) ||
               contains_one(gene.gene_description, filter.searches);
    }
    return std::ranges::any_of(filter.search_in, [&](const std::string& column) {
        return found_in(gene, column, filter.searches);
    });
}

bool admits_attributes(const GeneFilter& filter, const Gene& gene) {
    return std::ranges::all_of(filter.attributes, [&](const AttributeFilter& wanted) {
        return std::ranges::any_of(values_of(gene, wanted.name), [&](const std::string& value) {
            return equals_one(value, wanted.values);
        });
    });
}

bool overlaps_one(const Gene& gene, const std::vector<Region>& regions) {
    if (!gene.chromosome || !gene.gene_start || !gene.gene_end) return false;
    return std::ranges::any_of(regions, [&](const Region& region) {
        return region.first() <= *gene.gene_end && *gene.gene_start <= region.last() &&
               region.chromosome() == *gene.chromosome;
    });
}

bool admits_texts(const GeneFilter& filter, const Gene& gene) {
    return (filter.gene_stable_ids.empty() ||
            equals_one(gene.gene_stable_id, filter.gene_stable_ids)) &&
           (filter.gene_names.empty() || equals_one(gene.gene_name, filter.gene_names)) &&
           (filter.gene_types.empty() || contains_one(gene.gene_type, filter.gene_types)) &&
           (filter.biotypes.empty() || equals_one(gene.gene_type, filter.biotypes)) &&
           admits_search(filter, gene) && admits_attributes(filter, gene);
}

bool admits_place(const GeneFilter& filter, const Gene& gene) {
    return (filter.chromosomes.empty() ||
            (gene.chromosome && std::ranges::find(filter.chromosomes, *gene.chromosome) !=
                                    filter.chromosomes.end())) &&
           (filter.regions.empty() || overlaps_one(gene, filter.regions)) &&
           (filter.bands.empty() || overlaps_one(gene, filter.bands)) &&
           (!filter.strand || gene.strand == filter.strand);
}

bool admits_length(const GeneFilter& filter, const Gene& gene) {
    if (!filter.min_length && !filter.max_length) return true;
    const auto bases = length(gene);
    return bases && (!filter.min_length || *bases >= *filter.min_length) &&
           (!filter.max_length || *bases <= *filter.max_length);
}

}  // namespace

bool GeneFilter::empty() const { return *this == GeneFilter{}; }

bool admits(const GeneFilter& filter, const Gene& gene) {
    return admits_place(filter, gene) && admits_length(filter, gene) && admits_texts(filter, gene);
}

}  // namespace chr21
