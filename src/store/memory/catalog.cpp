#include "store/memory/catalog.hpp"

#include "gene/fold.hpp"
#include "store/memory/candidates.hpp"
#include "store/memory/columns.hpp"
#include "store/memory/orders.hpp"
#include "store/memory/place_index.hpp"
#include "store/memory/search_index.hpp"
#include "store/memory/sorted_texts.hpp"
#include "store/suggestion_rank.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include <malloc.h>

namespace chr21::memory {

namespace {

std::vector<Gene> in_genome_order(std::vector<Gene> genes) {
    if (!std::ranges::is_sorted(genes, genome_before)) std::ranges::sort(genes, genome_before);
    return genes;
}

std::vector<Ordinal> all_ordinals(std::span<const GeneRecord> records) {
    std::vector<Ordinal> all(records.size());
    std::iota(all.begin(), all.end(), Ordinal{0});
    return all;
}

std::vector<Ordinal> named_ordinals(std::span<const GeneRecord> records) {
    auto named = all_ordinals(records);
    std::erase_if(named, [records](Ordinal ordinal) { return !records[ordinal].gene_name(); });
    return named;
}

// What was needed to build a catalog is of the size of the catalog, and the C library would keep it
// for later.
void release_free_memory() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

class Catalog final : public GeneStore {
public:
    Catalog(Dataset dataset, std::vector<Gene> genes, Represent represent)
        : dataset_(std::move(dataset)),
          owned_(in_genome_order(std::move(genes)), represent),
          records_(owned_.all()),
          columns_(owned_),
          ids_(columns_.folded_ids(), all_ordinals(records_)),
          names_(columns_.folded_names(), named_ordinals(records_)),
          places_(records_),
          search_(columns_.search_texts()),
          attributes_(columns_),
          orders_(columns_) {}

    const Dataset& dataset() const override { return dataset_; }

    FoundGene find(std::string_view gene_stable_id) const override {
        const auto as_written = first_of(ids_.equal(fold(gene_stable_id)));
        return as_written ? as_written : first_of(ids_.equal(fold_stable_id(gene_stable_id)));
    }

    FoundGene find_by_name(std::string_view gene_name) const override {
        return first_of(names_.equal(fold(gene_name)));
    }

    GenePage list(const GeneFilter& filter, const Sort& sort, Window window) const override {
        if (filter.empty()) return everything(sort, window);
        auto found = find_matches(filter, columns_, indexes());
        if (!sort.empty()) orders_.arrange(found, sort, end_of(window, found.size()));
        return page(found, window);
    }

    Neighbors neighbors(const Gene& gene,
                        const GeneFilter& filter,
                        std::uint32_t limit) const override {
        Neighbors neighbors;
        const auto place = region_of(gene);
        if (!place) return neighbors;
        const Matcher matcher(filter, columns_, attributes_);
        std::vector<Ordinal> overlapping;
        places_.append_overlapping(*place, overlapping);
        for (const auto ordinal : overlapping) {
            if (neighbors.overlapping.size() == limit) break;
            if (records_[ordinal].gene_stable_id() == gene.gene_stable_id) continue;
            if (matcher.admits(ordinal)) neighbors.overlapping.push_back({&records_[ordinal], 0});
        }
        const bool reverse = gene.strand == Strand::reverse;
        collect_before(*place, matcher, limit, reverse ? neighbors.downstream : neighbors.upstream);
        collect_after(*place, matcher, limit, reverse ? neighbors.upstream : neighbors.downstream);
        return neighbors;
    }

    Suggestions suggest(std::string_view text, std::uint32_t limit) const override {
        const auto folded = fold(text);
        std::vector<Ranked> ranked;
        const auto consider = [&](Ordinal ordinal) {
            if (const auto kind = kind_of(folded, ordinal)) ranked.push_back({*kind, ordinal});
        };
        for (const auto ordinal : names_.beginning_with(folded)) consider(ordinal);
        for (const auto ordinal : ids_.beginning_with(folded)) consider(ordinal);
        keep_best(ranked, limit);
        if (ranked.size() < limit) consider_all_kinds(folded, consider);
        keep_best(ranked, limit);
        Suggestions suggestions;
        for (const auto& [kind, ordinal] : ranked) {
            suggestions.genes.push_back({&records_[ordinal], kind});
        }
        return suggestions;
    }

    std::vector<ChromosomeCount> chromosomes() const override { return places_.counts(); }

private:
    struct Ranked {
        SuggestionKind kind;
        Ordinal ordinal;
        bool operator==(const Ranked&) const = default;
    };

    Indexes indexes() const { return {ids_, names_, places_, search_, attributes_}; }

    FoundGene first_of(std::span<const Ordinal> ordinals) const {
        return {ordinals.empty() ? nullptr : &records_[ordinals.front()]};
    }

    static std::size_t end_of(Window window, std::size_t count) {
        const auto offset = std::min<std::uint64_t>(window.offset, count);
        const auto limit = std::min<std::uint64_t>(window.limit.value_or(count), count - offset);
        return static_cast<std::size_t>(offset + limit);
    }

    GenePage page(std::span<const Ordinal> ordinals, Window window) const {
        GenePage page{.total = ordinals.size()};
        const auto end = end_of(window, ordinals.size());
        const auto begin = std::min<std::uint64_t>(window.offset, end);
        page.genes.reserve(end - begin);
        for (auto at = begin; at < end; ++at) page.genes.push_back(&records_[ordinals[at]]);
        return page;
    }

    GenePage everything(const Sort& sort, Window window) const {
        if (sort.size() == 1) return page(orders_.all_by(sort.front()), window);
        if (!sort.empty()) {
            auto all = find_matches({}, columns_, indexes());
            orders_.arrange(all, sort, end_of(window, all.size()));
            return page(all, window);
        }
        GenePage page{.total = records_.size()};
        const auto end = end_of(window, records_.size());
        const auto begin = std::min<std::uint64_t>(window.offset, end);
        page.genes.reserve(end - begin);
        for (auto at = begin; at < end; ++at) page.genes.push_back(&records_[at]);
        return page;
    }

    void collect_before(const Region& place,
                        const Matcher& matcher,
                        std::uint32_t limit,
                        std::vector<Neighbor>& neighbors) const {
        if (limit == 0) return;
        places_.visit_before(place.chromosome(), place.first(), [&](Ordinal ordinal) {
            if (matcher.admits(ordinal)) {
                const auto& record = records_[ordinal];
                neighbors.push_back({&record, place.first() - *record.gene_end()});
            }
            return neighbors.size() < limit;
        });
    }

    void collect_after(const Region& place,
                       const Matcher& matcher,
                       std::uint32_t limit,
                       std::vector<Neighbor>& neighbors) const {
        if (limit == 0) return;
        places_.visit_after(place.chromosome(), place.last(), [&](Ordinal ordinal) {
            if (matcher.admits(ordinal)) {
                const auto& record = records_[ordinal];
                neighbors.push_back({&record, *record.gene_start() - place.last()});
            }
            return neighbors.size() < limit;
        });
    }

    std::optional<SuggestionKind> kind_of(std::string_view folded, Ordinal ordinal) const {
        return suggestion_kind(folded,
                               columns_.folded_ids()[ordinal],
                               columns_.folded_names()[ordinal],
                               columns_.folded_descriptions()[ordinal]);
    }

    // Genes that neither their ID nor their name's beginning brings up.
    template <class Consider>
    void consider_all_kinds(std::string_view folded, const Consider& consider) const {
        if (folded.size() < SearchIndex::shortest) {
            for (Ordinal ordinal = 0; ordinal < records_.size(); ++ordinal) consider(ordinal);
            return;
        }
        for (const auto ordinal : search_.candidates(folded)) consider(ordinal);
        for (Ordinal ordinal = 0; ordinal < records_.size(); ++ordinal) {
            const auto name = columns_.folded_names()[ordinal].size();
            if (name + 1 >= folded.size() && name <= folded.size() + 1) consider(ordinal);
        }
    }

    // Sorts, drops what is there twice and all beyond the limit.
    void keep_best(std::vector<Ranked>& ranked, std::uint32_t limit) const {
        std::ranges::sort(ranked, {}, [this](const Ranked& one) {
            const auto name = columns_.folded_names()[one.ordinal];
            return std::tuple(one.kind, suggestion_length(name), one.ordinal);
        });
        const auto again = std::ranges::unique(ranked);
        ranked.erase(again.begin(), again.end());
        if (ranked.size() > limit) ranked.resize(limit);
    }

    Dataset dataset_;
    GeneRecords owned_;
    std::span<const GeneRecord> records_;
    Columns columns_;
    SortedTexts ids_;
    SortedTexts names_;
    PlaceIndex places_;
    SearchIndex search_;
    AttributeIndex attributes_;
    Orders orders_;
};

}  // namespace

std::unique_ptr<const GeneStore> make_catalog(Dataset dataset,
                                              std::vector<Gene> genes,
                                              Represent represent) {
    auto catalog = std::make_unique<Catalog>(std::move(dataset), std::move(genes), represent);
    release_free_memory();
    return catalog;
}

}  // namespace chr21::memory
