#include "store/memory/candidates.hpp"

#include <algorithm>
#include <functional>
#include <ranges>

namespace chr21::memory {

namespace {

bool any_equals(const std::vector<std::string>& wanted, std::string_view text) {
    return std::ranges::any_of(wanted, [text](const std::string& one) { return one == text; });
}

bool any_within(const std::vector<std::string>& wanted, std::string_view text) {
    return std::ranges::any_of(wanted,
                               [text](const std::string& one) { return text.contains(one); });
}

bool any_overlaps(const std::vector<Region>& wanted, const Gene& gene) {
    return std::ranges::any_of(wanted, [&gene](const Region& region) {
        return *gene.chromosome == region.chromosome() && *gene.gene_start <= region.last() &&
               *gene.gene_end >= region.first();
    });
}

auto all_ordinals(std::size_t count) {
    return std::views::iota(Ordinal{0}, static_cast<Ordinal>(count));
}

// One index's answer to one part of a filter: at most `most` genes, listed by `append`.
struct Source {
    std::size_t most;
    std::function<void(std::vector<Ordinal>&)> append;
};

class Sources {
public:
    Sources(const GeneFilter& filter, const Columns& columns, const Indexes& indexes)
        : filter_(filter), columns_(columns), indexes_(indexes) {}

    Source best() const {
        Source best = everything();
        const auto consider = [&best](Source other) {
            if (other.most < best.most) best = std::move(other);
        };
        if (!filter_.gene_stable_ids.empty())
            consider(equal(indexes_.ids, filter_.gene_stable_ids));
        if (!filter_.gene_names.empty()) consider(equal(indexes_.names, filter_.gene_names));
        if (!filter_.regions.empty()) consider(overlapping(filter_.regions));
        if (!filter_.bands.empty()) consider(overlapping(filter_.bands));
        if (!filter_.chromosomes.empty()) consider(on_chromosomes());
        if (searchable()) consider(containing());
        return best;
    }

private:
    Source everything() const {
        const auto count = columns_.records.size();
        return {count + 1, [count](auto& found) {
                    found.resize(count);
                    std::ranges::copy(all_ordinals(count), found.begin());
                }};
    }

    static Source equal(const SortedTexts& index, const std::vector<std::string>& wanted) {
        std::size_t most = 0;
        for (const auto& text : wanted) most += index.equal(text).size();
        return {most, [&index, &wanted](auto& found) {
                    for (const auto& text : wanted) {
                        for (const auto& entry : index.equal(text)) found.push_back(entry.ordinal);
                    }
                }};
    }

    Source overlapping(const std::vector<Region>& regions) const {
        std::size_t most = 0;
        for (const auto& region : regions) most += indexes_.places.most_overlapping(region);
        return {most, [this, &regions](auto& found) {
                    for (const auto& region : regions) {
                        indexes_.places.append_overlapping(region, found);
                    }
                }};
    }

    Source on_chromosomes() const {
        std::size_t most = 0;
        for (const auto& name : filter_.chromosomes) {
            const auto* place = indexes_.places.find(name);
            if (place != nullptr) most += place->end - place->begin;
        }
        return {most, [this](auto& found) {
                    for (const auto& name : filter_.chromosomes) {
                        const auto* place = indexes_.places.find(name);
                        if (place == nullptr) continue;
                        for (auto at = place->begin; at < place->end; ++at) found.push_back(at);
                    }
                }};
    }

    bool searchable() const {
        return !filter_.searches.empty() &&
               std::ranges::all_of(filter_.searches, [](const std::string& text) {
                   return text.size() >= SearchIndex::shortest;
               });
    }

    Source containing() const {
        std::size_t most = 0;
        for (const auto& text : filter_.searches) most += indexes_.search.candidates(text).size();
        return {most, [this](auto& found) {
                    for (const auto& text : filter_.searches) {
                        const auto listed = indexes_.search.candidates(text);
                        found.insert(found.end(), listed.begin(), listed.end());
                    }
                }};
    }

    const GeneFilter& filter_;
    const Columns& columns_;
    const Indexes& indexes_;
};

}  // namespace

Matcher::Matcher(const GeneFilter& filter, const Columns& columns)
    : filter_(filter), columns_(columns) {
    if (filter.gene_types.empty()) return;
    gene_types_.reserve(columns.gene_types.size());
    for (const auto type : columns.gene_types) {
        gene_types_.push_back(any_within(filter.gene_types, type));
    }
}

bool Matcher::admits(Ordinal ordinal) const {
    const Gene& gene = columns_.records[ordinal].gene;
    if (filter_.strand && gene.strand != filter_.strand) return false;
    return admits_place(gene) && admits_texts(ordinal);
}

bool Matcher::admits_place(const Gene& gene) const {
    if (!filter_.chromosomes.empty() &&
        (!gene.chromosome || !any_equals(filter_.chromosomes, *gene.chromosome))) {
        return false;
    }
    if (filter_.min_length || filter_.max_length) {
        const auto bp = length(gene);
        if (!bp || (filter_.min_length && *bp < *filter_.min_length) ||
            (filter_.max_length && *bp > *filter_.max_length)) {
            return false;
        }
    }
    if (filter_.regions.empty() && filter_.bands.empty()) return true;
    if (!gene.chromosome || !gene.gene_start || !gene.gene_end) return false;
    return (filter_.regions.empty() || any_overlaps(filter_.regions, gene)) &&
           (filter_.bands.empty() || any_overlaps(filter_.bands, gene));
}

bool Matcher::admits_texts(Ordinal ordinal) const {
    if (!filter_.gene_types.empty()) {
        const auto number = columns_.gene_type_numbers[ordinal];
        if (number == Columns::no_gene_type || !gene_types_[number]) return false;
    }
    if (!filter_.gene_stable_ids.empty() &&
        !any_equals(filter_.gene_stable_ids, columns_.folded_ids[ordinal])) {
        return false;
    }
    if (!filter_.gene_names.empty() &&
        (!columns_.records[ordinal].gene.gene_name ||
         !any_equals(filter_.gene_names, columns_.folded_names[ordinal]))) {
        return false;
    }
    if (filter_.searches.empty()) return true;
    const Gene& gene = columns_.records[ordinal].gene;
    return (gene.gene_name || gene.gene_description) &&
           any_within(filter_.searches, columns_.search_texts[ordinal]);
}

std::vector<Ordinal> find_matches(const GeneFilter& filter,
                                  const Columns& columns,
                                  const Indexes& indexes) {
    std::vector<Ordinal> found;
    Sources(filter, columns, indexes).best().append(found);
    // Two values of one part may name the same gene, and not in order.
    if (!std::ranges::is_sorted(found, std::ranges::less_equal{})) {
        std::ranges::sort(found);
        const auto again = std::ranges::unique(found);
        found.erase(again.begin(), again.end());
    }
    const Matcher matcher(filter, columns);
    std::erase_if(found, [&matcher](Ordinal ordinal) { return !matcher.admits(ordinal); });
    return found;
}

}  // namespace chr21::memory
