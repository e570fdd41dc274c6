#include "store/memory/catalog.hpp"

#include "store/memory/columns.hpp"
#include "store/memory/completions.hpp"
#include "store/memory/gene_lookup.hpp"
#include "store/memory/gene_records_file.hpp"
#include "store/memory/gene_type_index.hpp"
#include "store/memory/matches.hpp"
#include "store/memory/orders.hpp"
#include "store/memory/ordinals.hpp"
#include "store/memory/place_index.hpp"
#include "store/memory/search_index.hpp"
#include "store/memory/sorted_texts.hpp"
#include "store/nearest.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>

#include <malloc.h>

namespace chr21::memory {

namespace {

std::vector<Gene> in_genome_order(std::vector<Gene> genes) {
    if (!std::ranges::is_sorted(genes, genome_before)) std::ranges::sort(genes, genome_before);
    return genes;
}

std::vector<Ordinal> named_ordinals(std::span<const GeneRecord> records) {
    auto named = all_ordinals(records.size());
    std::erase_if(named, [records](Ordinal ordinal) { return !records[ordinal].gene_name(); });
    return named;
}

// What was needed to build a catalog is of the size of the catalog, as is what it leaves behind,
// and the C library would keep both for later.
void release_free_memory() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

struct ReleaseAtEnd {
    ReleaseAtEnd() = default;
    ReleaseAtEnd(const ReleaseAtEnd&) = delete;
    ReleaseAtEnd& operator=(const ReleaseAtEnd&) = delete;
    ~ReleaseAtEnd() { release_free_memory(); }
};

class IndexedCatalog final : public Catalog {
public:
    IndexedCatalog(Dataset dataset,
                   std::vector<Gene> genes,
                   Represent represent,
                   const Karyotype& karyotype)
        : dataset_(std::move(dataset)),
          owned_(in_genome_order(std::move(genes)), represent),
          records_(owned_.all()),
          columns_(owned_),
          ids_(columns_.folded_ids(), all_ordinals(records_.size())),
          names_(columns_.folded_names(), named_ordinals(records_)),
          places_(records_),
          search_(columns_.search_texts()),
          gene_types_(columns_),
          attributes_(columns_),
          lookup_(dataset_, karyotype, columns_, ids_, names_, places_, attributes_),
          completions_(columns_, ids_, names_, search_, lookup_),
          orders_(columns_) {}

    // The arrays in the order of write().
    IndexedCatalog(Dataset dataset, ArrayFileReader& file, const Karyotype& karyotype)
        : dataset_(std::move(dataset)),
          owned_(read_gene_records(file)),
          records_(owned_.all()),
          columns_(owned_, file),
          ids_(columns_.folded_ids(), file),
          names_(columns_.folded_names(), file),
          places_(records_),
          search_(file),
          gene_types_(columns_),
          attributes_(file),
          lookup_(dataset_, karyotype, columns_, ids_, names_, places_, attributes_),
          completions_(columns_, ids_, names_, search_, lookup_),
          orders_(columns_) {
        file.expect_end();
    }

    void write(ArrayFileWriter& file) const override {
        write_gene_records(owned_, file);
        columns_.write(file);
        ids_.write(file);
        names_.write(file);
        search_.write(file);
        attributes_.write(file);
    }

    const Dataset& dataset() const override { return dataset_; }

    FoundGene find(std::string_view gene_stable_id) const override {
        return lookup_.find(gene_stable_id);
    }

    FoundGene find_by_name(std::string_view gene_name) const override {
        return lookup_.find_by_name(gene_name);
    }

    Matches look_up(std::span<const Wanted> wanted) const override {
        Matches matches;
        matches.all.reserve(wanted.size());
        for (const auto& one : wanted) matches.all.push_back(lookup_.look_up(one));
        return matches;
    }

    std::vector<Advice> nearest(std::span<const Wanted> missed) const override {
        std::vector<Advice> advice;
        advice.reserve(missed.size());
        for (const auto& one : missed) advice.push_back(advice_on(one));
        return advice;
    }

    GenePage list(const GeneFilter& filter, const Sort& sort, Window window) const override {
        if (filter.empty()) return everything(sort, window);
        if (sort.empty()) {
            if (auto counted = count_and_page(filter, window)) return *std::move(counted);
        }
        auto found = find_matches(filter, columns_, indexes());
        if (!sort.empty()) orders_.arrange(found, sort, end_of(window, found.size()));
        return page(found, window);
    }

    std::unique_ptr<GeneCursor> cursor(const GeneFilter& filter, const Sort& sort) const override {
        const bool is_in_order = filter.empty() && sort.size() <= 1;
        return is_in_order ? read_by_windows(*this, sort) : GeneStore::cursor(filter, sort);
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
        return completions_.suggest(fold(text), limit);
    }

    std::vector<ChromosomeCount> chromosomes() const override { return places_.counts(); }

    std::vector<std::string> gene_types() const override {
        std::map<std::string_view, std::uint32_t> first;  // the number of the first gene's, by fold
        const auto folded = columns_.folded_gene_types();
        const auto first_gene = [this](std::uint32_t number) {
            return gene_types_.genes_of(number).front();
        };
        for (std::uint32_t number = 0; number < folded.size(); ++number) {
            if (gene_types_.genes_of(number).empty()) continue;
            const auto [at, is_new] = first.emplace(folded[number], number);
            if (!is_new && first_gene(number) < first_gene(at->second)) at->second = number;
        }
        std::vector<std::string> types;
        types.reserve(first.size());
        for (const auto& [fold, number] : first)
            types.push_back(columns_.names().gene_types[number]);
        return types;
    }

private:
    Indexes indexes() const { return {ids_, names_, places_, search_, attributes_}; }

    Advice advice_on(const Wanted& missed) const {
        Advice advice;
        const auto folded = fold(missed.text);
        if (missed.kind != Wanted::Kind::id) add_near_names(folded, advice);
        if (missed.kind != Wanted::Kind::name) add_corrected_ids(folded, advice);
        if (missed.kind == Wanted::Kind::name) {
            if (const auto gene = find(missed.text)) {
                const std::string id(gene->gene_stable_id());
                advice.of_other_kind = {.text = id, .gene_stable_id = id};
            }
        } else if (missed.kind == Wanted::Kind::id) {
            if (const auto gene = find_by_name(missed.text)) advice.of_other_kind = label_of(*gene);
        }
        return advice;
    }

    void add_near_names(const std::string& folded, Advice& advice) const {
        for (const auto ordinal : completions_.nearest(folded)) {
            advice.nearest.push_back(label_of(records_[ordinal]));
        }
    }

    void add_corrected_ids(const std::string& folded, Advice& advice) const {
        std::size_t added = 0;
        for (const auto& corrected : corrected_ids(folded)) {
            const auto genes = ids_.equal(corrected);
            if (genes.empty()) continue;
            const std::string id(records_[genes.front()].gene_stable_id());
            advice.nearest.push_back({.text = id, .gene_stable_id = id});
            if (++added == most_nearest) break;
        }
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

    // For what one index alone counts, without visiting each gene that is admitted: chromosomes, or
    // gene types while the window is near the beginning. Absent for all else.
    std::optional<GenePage> count_and_page(const GeneFilter& filter, Window window) const {
        if (filter == GeneFilter{.chromosomes = filter.chromosomes}) {
            if (filter.chromosomes.size() != 1) return {};
            const auto* const place = places_.find(filter.chromosomes.front());
            return place == nullptr ? GenePage{} : stretch(place->begin, place->end, window);
        }
        if (filter != GeneFilter{.gene_types = filter.gene_types, .biotypes = filter.biotypes}) {
            return {};
        }
        std::vector<std::span<const Ordinal>> lists;
        std::size_t total = 0;
        const auto admitted = columns_.admitted_gene_types(filter);
        for (std::uint32_t number = 0; number < admitted.size(); ++number) {
            if (!admitted[number]) continue;
            lists.push_back(gene_types_.genes_of(number));
            total += lists.back().size();
        }
        if (lists.size() == 1) return page(lists.front(), window);
        constexpr std::size_t most_merged = 4096;
        const auto end = end_of(window, total);
        if (end > most_merged) return {};
        auto found = page(merge(std::move(lists), end), window);
        found.total = total;
        return found;
    }

    // Of the genes from `first` up to `last` in genome order.
    GenePage stretch(Ordinal first, Ordinal last, Window window) const {
        GenePage page{.total = last - first};
        const auto end = end_of(window, page.total);
        const auto begin = std::min<std::uint64_t>(window.offset, end);
        page.genes.reserve(end - begin);
        for (auto at = begin; at < end; ++at) page.genes.push_back(&records_[first + at]);
        return page;
    }

    GenePage everything(const Sort& sort, Window window) const {
        if (sort.size() == 1) return page(orders_.all_by(sort.front()), window);
        if (!sort.empty()) {
            auto all = find_matches({}, columns_, indexes());
            orders_.arrange(all, sort, end_of(window, all.size()));
            return page(all, window);
        }
        return stretch(0, static_cast<Ordinal>(records_.size()), window);
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

    ReleaseAtEnd release_at_end_;  // first, so after all others are gone
    Dataset dataset_;
    GeneRecords owned_;
    std::span<const GeneRecord> records_;
    Columns columns_;
    SortedTexts ids_;
    SortedTexts names_;
    PlaceIndex places_;
    SearchIndex search_;
    GeneTypeIndex gene_types_;
    AttributeIndex attributes_;
    GeneLookup lookup_;
    Completions completions_;
    Orders orders_;
};

}  // namespace

std::uint64_t estimated_catalog_bytes(std::uint64_t gene_count, std::uint64_t text_bytes) {
    // The JSON text repeats the names of the columns, and with them come numbers and quotes.
    constexpr std::uint64_t json_of_gene = 165;
    // A packed record, its places, and what the indexes keep for each gene and each table.
    constexpr std::uint64_t record_of_gene = 64 + 75;
    constexpr std::uint64_t indexes = std::uint64_t{64} << 10U;
    // As written in JSON, packed, folded, and as steps of the trigram lists.
    constexpr std::uint64_t copies_of_text = 4;
    return indexes + gene_count * (json_of_gene + record_of_gene) + copies_of_text * text_bytes;
}

std::unique_ptr<const Catalog> make_catalog(Dataset dataset,
                                            std::vector<Gene> genes,
                                            Represent represent,
                                            const Karyotype& karyotype) {
    auto catalog = std::make_unique<IndexedCatalog>(
        std::move(dataset), std::move(genes), represent, karyotype);
    release_free_memory();
    return catalog;
}

std::unique_ptr<const Catalog> read_catalog(Dataset dataset,
                                            ArrayFileReader& file,
                                            const Karyotype& karyotype) {
    return std::make_unique<IndexedCatalog>(std::move(dataset), file, karyotype);
}

}  // namespace chr21::memory
