#include "store/memory/matcher.hpp"

#include "store/memory/ordinals.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace chr21::memory {

namespace {

bool any_equals(const std::vector<std::string>& wanted, std::string_view text) {
    return std::ranges::any_of(wanted, [text](const std::string& one) { return one == text; });
}

bool any_within(const std::vector<std::string>& wanted, std::string_view text) {
    return std::ranges::any_of(wanted,
                               [text](const std::string& one) { return text.contains(one); });
}

bool any_overlaps(const std::vector<Region>& wanted, const GeneRecord& record) {
    const auto chromosome = record.chromosome();
    const auto start = record.gene_start();
    const auto end = record.gene_end();
    if (!chromosome || !start || !end) return false;
    return std::ranges::any_of(wanted, [&](const Region& region) {
        return *chromosome == region.chromosome() && *start <= region.last() &&
               *end >= region.first();
    });
}

template <class Condition>
std::vector<bool> which(std::span<const std::string> names, Condition condition) {
    std::vector<bool> admitted;
    admitted.reserve(names.size());
    for (const auto& name : names) admitted.push_back(condition(name));
    return admitted;
}

Matcher::SearchedColumns read_columns(const GeneFilter& filter, const AttributeIndex& attributes) {
    if (filter.search_in.empty()) return {.name = true, .description = true};
    Matcher::SearchedColumns columns;
    for (const auto& column : filter.search_in) {
        if (column == "gene_stable_id") {
            columns.id = true;
        } else if (column == "gene_name") {
            columns.name = true;
        } else if (column == "gene_description") {
            columns.description = true;
        } else {
            const auto found = attributes.containing(column, filter.searches);
            auto& genes = columns.genes_by_attribute;
            genes.insert(genes.end(), found.begin(), found.end());
        }
    }
    order(columns.genes_by_attribute);
    return columns;
}

}  // namespace

Matcher::Matcher(const GeneFilter& filter, const Columns& columns, const AttributeIndex& attributes)
    : filter_(filter), columns_(columns) {
    asks_for_types_ = !filter.gene_types.empty() || !filter.biotypes.empty();
    if (asks_for_types_) gene_types_ = columns.admitted_gene_types(filter);
    if (!filter.chromosomes.empty()) {
        chromosomes_ = which(columns.names().chromosomes, [&filter](const std::string& name) {
            return any_equals(filter.chromosomes, name);
        });
    }
    for (const auto& [name, values] : filter.attributes) {
        by_attribute_.push_back(attributes.equal(name, values));
    }
    if (!filter.searches.empty()) searched_ = read_columns(filter, attributes);
}

bool Matcher::admits(Ordinal ordinal) const {
    const auto& record = columns_.records()[ordinal];
    if (filter_.strand && record.strand() != filter_.strand) return false;
    return admits_place(record) && admits_length(record) && admits_texts(ordinal);
}

bool Matcher::admits_place(const GeneRecord& record) const {
    if (!filter_.chromosomes.empty()) {
        const auto number = record.chromosome_number();
        if (number == SharedNames::absent || !chromosomes_[number]) return false;
    }
    return (filter_.regions.empty() || any_overlaps(filter_.regions, record)) &&
           (filter_.bands.empty() || any_overlaps(filter_.bands, record));
}

bool Matcher::admits_length(const GeneRecord& record) const {
    if (!filter_.min_length && !filter_.max_length) return true;
    const auto bases = length(record);
    return bases && (!filter_.min_length || *bases >= *filter_.min_length) &&
           (!filter_.max_length || *bases <= *filter_.max_length);
}

bool Matcher::admits_texts(Ordinal ordinal) const {
    const auto& record = columns_.records()[ordinal];
    if (asks_for_types_) {
        const auto number = record.gene_type_number();
        if (number == SharedNames::absent || !gene_types_[number]) return false;
    }
    if (!filter_.gene_stable_ids.empty() &&
        !any_equals(filter_.gene_stable_ids, columns_.folded_ids()[ordinal])) {
        return false;
    }
    if (!filter_.gene_names.empty() &&
        (!record.gene_name() ||
         !any_equals(filter_.gene_names, columns_.folded_names()[ordinal]))) {
        return false;
    }
    return std::ranges::all_of(by_attribute_,
                               [ordinal](const auto& genes) {
                                   return std::ranges::binary_search(genes, ordinal);
                               }) &&
           (filter_.searches.empty() || admits_search(ordinal));
}

bool Matcher::admits_search(Ordinal ordinal) const {
    const auto& record = columns_.records()[ordinal];
    const auto found_in = [this, ordinal](TextColumn column) {
        return any_within(filter_.searches, column[ordinal]);
    };
    if (searched_.name && searched_.description) {
        if ((record.gene_name() || record.gene_description()) && found_in(columns_.search_texts()))
            return true;
    } else if (searched_.name) {
        if (record.gene_name() && found_in(columns_.folded_names())) return true;
    } else if (searched_.description) {
        if (record.gene_description() && found_in(columns_.folded_descriptions())) return true;
    }
    return (searched_.id && found_in(columns_.folded_ids())) ||
           std::ranges::binary_search(searched_.genes_by_attribute, ordinal);
}

}  // namespace chr21::memory
