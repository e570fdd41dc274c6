#include "store/memory/matches.hpp"

#include "store/memory/ordinals.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace chr21::memory {

namespace {

// One index's answer to one part of a filter: at most `most` genes, listed by `append`.
struct Source {
    std::size_t most;
    std::function<void(std::vector<Ordinal>&)> append;
};

class Sources {
public:
    Sources(const GeneFilter& filter,
            const Matcher& matcher,
            const Columns& columns,
            const Indexes& indexes)
        : filter_(filter), matcher_(matcher), columns_(columns), indexes_(indexes) {}

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
        for (const auto& genes : matcher_.by_attribute()) consider(listed(genes));
        if (!filter_.searches.empty()) consider(searched());
        return best;
    }

private:
    Source everything() const {
        const auto count = columns_.records().size();
        return {count + 1, [count](auto& found) { found = all_ordinals(count); }};
    }

    static Source equal(const SortedTexts& index, const std::vector<std::string>& wanted) {
        std::size_t most = 0;
        for (const auto& text : wanted) most += index.equal(text).size();
        return {most, [&index, &wanted](auto& found) {
                    for (const auto& text : wanted) std::ranges::copy(index.equal(text), to(found));
                }};
    }

    static Source listed(const std::vector<Ordinal>& genes) {
        return {genes.size(), [&genes](auto& found) { found = genes; }};
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

    // Names and descriptions have an index, attributes bring their genes, and IDs are read one by
    // one.
    Source searched() const {
        const auto& columns = matcher_.searched();
        const bool texts = columns.name || columns.description;
        const auto is_short = [](const std::string& text) {
            return text.size() < SearchIndex::shortest;
        };
        if (columns.id || (texts && std::ranges::any_of(filter_.searches, is_short))) {
            return everything();
        }
        if (!texts) return listed(columns.genes_by_attribute);
        std::size_t most = columns.genes_by_attribute.size();
        for (const auto& text : filter_.searches) most += indexes_.search.most_candidates(text);
        return {most, [this, &columns](auto& found) {
                    found = columns.genes_by_attribute;
                    for (const auto& text : filter_.searches) {
                        std::ranges::copy(indexes_.search.candidates(text), to(found));
                    }
                }};
    }

    static std::back_insert_iterator<std::vector<Ordinal>> to(std::vector<Ordinal>& found) {
        return std::back_inserter(found);
    }

    const GeneFilter& filter_;
    const Matcher& matcher_;
    const Columns& columns_;
    const Indexes& indexes_;
};

}  // namespace

std::vector<Ordinal> find_matches(const GeneFilter& filter,
                                  const Columns& columns,
                                  const Indexes& indexes) {
    const Matcher matcher(filter, columns, indexes.attributes);
    std::vector<Ordinal> found;
    Sources(filter, matcher, columns, indexes).best().append(found);
    order(found);  // two values of one part may name the same gene, and not in order
    std::erase_if(found, [&matcher](Ordinal ordinal) { return !matcher.admits(ordinal); });
    return found;
}

}  // namespace chr21::memory
