#include "gene/gene_filter.hpp"

#include "gene/fold.hpp"

#include <algorithm>
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
           (filter.searches.empty() || contains_one(gene.gene_name, filter.searches) ||
            contains_one(gene.gene_description, filter.searches));
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
