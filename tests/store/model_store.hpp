#pragma once

#include "gene/region.hpp"
#include "store/gene_store.hpp"
#include "store/nearest.hpp"
#include "store/suggestion_rank.hpp"
#include "text/fold.hpp"
#include "text/typo.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>

namespace chr21::testing {

// A GeneStore that is right because it is plain: a vector in genome order, read from end to end
// for every question. Every engine must agree with it.
class PlainModel final : public GeneStore {
public:
    PlainModel(Dataset dataset, std::vector<Gene> genes, Represent represent)
        : dataset_(std::move(dataset)),
          owned_(in_genome_order(std::move(genes)), represent),
          records_(owned_.all()) {}

    const Dataset& dataset() const override { return dataset_; }

    FoundGene find(std::string_view gene_stable_id) const override {
        const auto with_id = [&](const std::string& folded) {
            return first([&](const Gene& gene) { return fold(gene.gene_stable_id) == folded; });
        };
        const auto as_written = with_id(fold(gene_stable_id));
        return as_written ? as_written : with_id(fold_stable_id(gene_stable_id));
    }

    FoundGene find_by_name(std::string_view gene_name) const override {
        return first([&](const Gene& gene) {
            return gene.gene_name && fold(*gene.gene_name) == fold(gene_name);
        });
    }

    FoundGenes find_all(std::span<const std::string> gene_stable_ids,
                        std::span<const std::string> gene_names) const override {
        FoundGenes found;
        for (const auto& id : gene_stable_ids) found.by_id.push_back(find(id).record);
        for (const auto& name : gene_names) found.by_name.push_back(find_by_name(name).record);
        return found;
    }

    std::vector<Advice> nearest(std::span<const Miss> misses) const override {
        std::vector<Advice> all;
        for (const auto& [kind, text] : misses) {
            Advice advice;
            if (kind == Miss::Kind::name) {
                advice.nearest = near_names(fold(text));
                if (const auto gene = find(text)) advice.of_other_kind = gene->gene_stable_id();
            } else {
                advice.nearest = known_ids(corrected_ids(fold(text)));
                if (const auto gene = find_by_name(text)) advice.of_other_kind = gene->gene_name();
            }
            all.push_back(std::move(advice));
        }
        return all;
    }

    GenePage list(const GeneFilter& filter, const Sort& sort, Window window) const override {
        std::vector<const GeneRecord*> admitted;
        for (const auto& record : records_) {
            if (admits(filter, record.gene())) admitted.push_back(&record);
        }
        std::ranges::sort(admitted, [&](const auto* left, const auto* right) {
            return sorts_before(sort, left->gene(), right->gene());
        });
        GenePage page{.total = admitted.size()};
        for (std::uint64_t i = window.offset; i < admitted.size(); ++i) {
            if (page.genes.size() == window.limit) break;
            page.genes.push_back(admitted[i]);
        }
        return page;
    }

    Neighbors neighbors(const Gene& gene,
                        const GeneFilter& filter,
                        std::uint32_t limit) const override {
        const auto place = region_of(gene);
        if (!place) return {};
        Neighbors found;
        for (const auto& record : records_) {
            const auto other = region_of(record.gene());
            if (!other || other->chromosome() != place->chromosome()) continue;
            if (record.gene_stable_id() == gene.gene_stable_id) continue;
            if (!admits(filter, record.gene())) continue;
            const bool forward = gene.strand != Strand::reverse;
            if (other->overlaps(*place)) {
                found.overlapping.push_back({&record, 0});
            } else if (other->last() < place->first()) {
                (forward ? found.upstream : found.downstream)
                    .push_back({&record, place->first() - other->last()});
            } else {
                (forward ? found.downstream : found.upstream)
                    .push_back({&record, other->first() - place->last()});
            }
        }
        for (auto* side : {&found.overlapping, &found.upstream, &found.downstream}) {
            std::ranges::sort(*side, {}, [](const Neighbor& neighbor) {
                return std::tuple(neighbor.distance, neighbor.record);
            });
            if (side->size() > limit) side->resize(limit);
        }
        return found;
    }

    Suggestions suggest(std::string_view text, std::uint32_t limit) const override {
        struct Candidate {
            Suggestion suggestion;
            std::size_t name_length = 0;
        };
        std::vector<Candidate> candidates;
        for (const auto& record : records_) {
            const auto id = fold(record.gene_stable_id());
            const auto name = fold(record.gene_name().value_or(""));
            const auto description = fold(record.gene_description().value_or(""));
            if (const auto kind = suggestion_kind(fold(text), id, name, description)) {
                candidates.push_back({{&record, *kind}, suggestion_length(name)});
            }
        }
        std::ranges::sort(candidates, {}, [](const Candidate& candidate) {
            const auto& [record, kind] = candidate.suggestion;
            return std::tuple(kind, candidate.name_length, record);
        });
        Suggestions best;
        for (const auto& candidate : candidates) {
            if (best.genes.size() == limit) break;
            best.genes.push_back(candidate.suggestion);
        }
        return best;
    }

    std::vector<ChromosomeCount> chromosomes() const override {
        std::vector<ChromosomeCount> counts;
        for (const auto& record : records_) {
            if (!record.chromosome()) continue;
            if (counts.empty() || counts.back().chromosome != *record.chromosome()) {
                counts.push_back({std::string(*record.chromosome()), 0});
            }
            ++counts.back().gene_count;
        }
        return counts;
    }

    std::vector<std::string> gene_types() const override {
        std::map<std::string, std::string> by_fold;
        for (const auto& record : records_) {
            if (const auto type = record.gene_type()) by_fold.try_emplace(fold(*type), *type);
        }
        std::vector<std::string> types;
        types.reserve(by_fold.size());
        for (const auto& [folded, type] : by_fold) types.push_back(type);
        return types;
    }

private:
    static std::vector<Gene> in_genome_order(std::vector<Gene> genes) {
        std::ranges::sort(genes, genome_before);
        return genes;
    }

    // Of several genes of one name the first gives its spelling.
    std::vector<std::string> near_names(const std::string& folded) const {
        std::map<std::string, std::pair<NameNearness, std::string>> by_name;
        for (const auto& record : records_) {
            if (!record.gene_name() || folded.size() < shortest_typo_text) continue;
            const auto name = fold(*record.gene_name());
            if (name == folded || typo_distance(name, folded) > 1) continue;
            const auto order = static_cast<std::uint64_t>(&record - records_.data());
            by_name.try_emplace(name, nearness_of(name, folded, order), *record.gene_name());
        }
        std::map<NameNearness, std::string> sorted;
        for (auto& [name, near] : by_name) sorted.insert(near);
        std::vector<std::string> nearest;
        for (const auto& [nearness, name] : sorted) {
            if (nearest.size() < most_nearest) nearest.push_back(name);
        }
        return nearest;
    }

    std::vector<std::string> known_ids(const std::vector<std::string>& folded) const {
        std::vector<std::string> known;
        for (const auto& id : folded) {
            const auto gene =
                first([&](const Gene& one) { return fold(one.gene_stable_id) == id; });
            if (gene && known.size() < most_nearest) known.emplace_back(gene->gene_stable_id());
        }
        return known;
    }

    template <class Condition>
    FoundGene first(const Condition& condition) const {
        const auto at = std::ranges::find_if(records_, condition, &GeneRecord::gene);
        return {.record = at == records_.end() ? nullptr : &*at};
    }

    Dataset dataset_;
    GeneRecords owned_;
    std::span<const GeneRecord> records_;  // in genome order, so that their addresses are as well
};

}  // namespace chr21::testing
