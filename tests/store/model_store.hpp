#pragma once

#include "gene/karyotype.hpp"
#include "gene/other_names.hpp"
#include "gene/primary_chromosome.hpp"
#include "gene/region.hpp"
#include "gene/stable_id.hpp"
#include "store/gene_store.hpp"
#include "store/nearest.hpp"
#include "store/suggestion_rank.hpp"
#include "text/fold.hpp"
#include "text/typo.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>

namespace chr21::testing {

// A GeneStore that is right because it is plain: a vector in genome order, read from end to end
// for every question. Every engine must agree with it.
class PlainModel final : public GeneStore {
public:
    PlainModel(Dataset dataset,
               std::vector<Gene> genes,
               Represent represent,
               Karyotype karyotype = {})
        : dataset_(std::move(dataset)),
          karyotype_(std::move(karyotype)),
          owned_(in_genome_order(std::move(genes)), represent),
          records_(owned_.all()) {
        for (const auto& record : records_) {
            if (const auto name = record.gene_name()) by_name_[fold(*name)].push_back(&record);
        }
    }

    const Dataset& dataset() const override { return dataset_; }

    FoundGene find(std::string_view gene_stable_id) const override {
        const auto genes = by_id(fold(gene_stable_id));
        if (genes.size() == 1) return {.record = genes.front()};
        return {.meant = meant(genes)};
    }

    FoundGene find_by_name(std::string_view gene_name) const override {
        const auto genes = named(fold(gene_name));
        if (genes.empty()) return {};
        return {.record = genes.front(), .namesakes = namesakes_of(*genes.front())};
    }

    Matches look_up(std::span<const Wanted> wanted) const override {
        Matches matches;
        for (const auto& one : wanted) matches.all.push_back(look_up(one));
        return matches;
    }

    std::vector<Advice> nearest(std::span<const Wanted> missed) const override {
        std::vector<Advice> all;
        for (const auto& [kind, text] : missed) {
            Advice advice;
            if (kind != Wanted::Kind::id) advice.nearest = near_names(fold(text));
            if (kind != Wanted::Kind::name) {
                std::ranges::copy(known_ids(corrected_ids(fold(text))),
                                  std::back_inserter(advice.nearest));
            }
            if (kind == Wanted::Kind::name) {
                if (const auto gene = find(text)) advice.of_other_kind = label_of_id(*gene);
            } else if (kind == Wanted::Kind::id) {
                for (const auto& record : records_) {
                    const auto name = record.gene_name();
                    if (!name || fold(*name) != fold(text) || advice.of_other_kind) continue;
                    advice.of_other_kind = label_of(record);
                }
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
            auto kind = suggestion_kind(fold(text), id, name, description);
            const auto earlier = earlier_name(record.gene(), fold(text));
            if (earlier && (!kind || *earlier < *kind)) kind = earlier;
            if (kind) {
                candidates.push_back(
                    {{&record, *kind, namesakes_of(record)}, suggestion_length(name)});
            }
        }
        std::ranges::sort(candidates, {}, [](const Candidate& candidate) {
            const auto& [record, kind, namesakes] = candidate.suggestion;
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

    using Records = std::vector<const GeneRecord*>;

    template <class Condition>
    Records all(const Condition& condition) const {
        Records found;
        for (const auto& record : records_) {
            if (condition(record.gene())) found.push_back(&record);
        }
        return found;
    }

    const GeneRecord* with_id(const std::string& folded) const {
        const auto found =
            all([&](const Gene& gene) { return fold(gene.gene_stable_id) == folded; });
        return found.empty() ? nullptr : found.front();
    }

    static bool is_version_of(const std::string& one, const std::string& other) {
        const auto left = read_version(one);
        const auto right = read_version(other);
        return left && right && differ_in_version_alone(*left, *right);
    }

    Records by_id(const std::string& folded) const {
        for (const auto& id : {folded, fold_stable_id(folded)}) {
            if (const auto* gene = with_id(id)) return {gene};
        }
        return all(
            [&](const Gene& gene) { return is_version_of(fold(gene.gene_stable_id), folded); });
    }

    bool is_primary(const GeneRecord& record) const {
        return record.chromosome() && is_primary_chromosome(*record.chromosome(), karyotype_);
    }

    // Best first.
    Records named(const std::string& folded) const {
        const auto found = by_name_.find(folded);
        if (found == by_name_.end()) return {};
        const auto& genes = found->second;
        Records ordered;
        ordered.reserve(genes.size());
        for (const bool primary : {true, false}) {
            std::ranges::copy_if(genes, std::back_inserter(ordered), [&](const auto* gene) {
                return is_primary(*gene) == primary;
            });
        }
        return ordered;
    }

    Namesakes namesakes_of(const GeneRecord& record) const {
        Namesakes namesakes;
        if (!record.gene_name()) return namesakes;
        for (const auto* other : named(fold(*record.gene_name()))) {
            if (other == &record) continue;
            if (++namesakes.count > most_others) continue;
            namesakes.gene_stable_ids.emplace_back(other->gene_stable_id());
        }
        return namesakes;
    }

    static GeneLabel label_of_id(const GeneRecord& record) {
        const std::string id(record.gene_stable_id());
        return {.text = id, .gene_stable_id = id};
    }

    static GeneLabel label_of(const GeneRecord& record) {
        const auto id = record.gene_stable_id();
        return {.text = std::string(record.gene_name().value_or(id)),
                .gene_stable_id = std::string(id)};
    }

    static MeantGenes meant(const Records& genes) {
        MeantGenes meant{.count = genes.size()};
        for (const auto* gene : genes) {
            if (meant.first.size() < most_others) meant.first.push_back(label_of(*gene));
        }
        return meant;
    }

    bool settle(Match& match, MatchKind kind, const Records& genes) const {
        if (genes.empty()) return false;
        match.kind = kind;
        if (genes.size() == 1) {
            match.record = genes.front();
            match.namesakes = namesakes_of(*genes.front());
        } else {
            match.meant = meant(genes);
        }
        return true;
    }

    // By the columns of these kinds, where a value fits.
    template <class Fits>
    bool settle_by(Match& match,
                   const std::string& folded,
                   std::initializer_list<std::pair<OtherName, MatchKind>> kinds,
                   const Fits& fits) const {
        std::set<const GeneRecord*> genes;
        std::optional<MatchKind> first;
        for (const auto& [kind, how] : kinds) {
            for (std::size_t number = 0; number < dataset_.attributes.size(); ++number) {
                const auto& column = dataset_.attributes[number].name;
                if (other_name_of(column) != kind || !may_be(kind, folded)) continue;
                const auto found = all([&](const Gene& gene) {
                    return std::ranges::any_of(
                        values_of(gene, column),
                        [&](const std::string& value) { return fits(fold(value)); });
                });
                if (!found.empty() && !first) {
                    first = how;
                    match.attribute = number;
                }
                genes.insert(found.begin(), found.end());
            }
        }
        return first && settle(match, *first, {genes.begin(), genes.end()});
    }

    Match look_up(const Wanted& wanted) const {
        Match match;
        const auto folded = fold(wanted.text);
        const bool is_id = wanted.kind != Wanted::Kind::name;
        const bool is_name = wanted.kind != Wanted::Kind::id;
        if (is_id && settle(match, MatchKind::stable_id, by_id(folded))) return match;
        if (is_name) {
            const auto genes = named(folded);
            if (!genes.empty()) {
                settle(match, MatchKind::name, {genes.front()});
                return match;
            }
            if (settle_by(match,
                          folded,
                          {{OtherName::previous_name, MatchKind::previous_name},
                           {OtherName::synonym, MatchKind::synonym}},
                          [&](const std::string& value) { return value == folded; })) {
                return match;
            }
        }
        if (!is_id) return match;
        const auto by_ids = [&](const auto& fits) {
            return settle_by(match,
                             folded,
                             {{OtherName::identifier, MatchKind::attribute},
                              {OtherName::ncbi_gene_id, MatchKind::attribute}},
                             fits);
        };
        if (by_ids([&](const std::string& value) { return value == folded; })) return match;
        if (by_ids([&](const std::string& value) { return value == without_version(folded); })) {
            return match;
        }
        by_ids([&](const std::string& value) { return is_version_of(folded, value); });
        return match;
    }

    static std::optional<SuggestionKind> earlier_name(const Gene& gene, const std::string& folded) {
        for (const auto& [column, kind] :
             {std::pair(OtherName::previous_name, SuggestionKind::previous_name),
              std::pair(OtherName::synonym, SuggestionKind::synonym)}) {
            for (const auto& attribute : gene.attributes) {
                if (other_name_of(attribute.name) != column || !may_be(column, folded)) continue;
                for (const auto& value : attribute.values) {
                    if (fold(value) == folded) return kind;
                }
            }
        }
        return {};
    }

    // Of several genes of one name the first gives its spelling.
    std::vector<GeneLabel> near_names(const std::string& folded) const {
        std::map<std::string, std::pair<NameNearness, GeneLabel>> by_name;
        for (const auto& record : records_) {
            if (!record.gene_name() || folded.size() < shortest_typo_text) continue;
            const auto name = fold(*record.gene_name());
            if (name == folded || typo_distance(name, folded) > 1) continue;
            const auto order = static_cast<std::uint64_t>(&record - records_.data());
            by_name.try_emplace(name, nearness_of(name, folded, order), label_of(record));
        }
        std::map<NameNearness, GeneLabel> sorted;
        for (auto& [name, near] : by_name) sorted.insert(near);
        std::vector<GeneLabel> nearest;
        for (const auto& [nearness, label] : sorted) {
            if (nearest.size() < most_nearest) nearest.push_back(label);
        }
        return nearest;
    }

    std::vector<GeneLabel> known_ids(const std::vector<std::string>& folded) const {
        std::vector<GeneLabel> known;
        for (const auto& id : folded) {
            const auto* const gene = with_id(id);
            if (gene != nullptr && known.size() < most_nearest) known.push_back(label_of_id(*gene));
        }
        return known;
    }

    Dataset dataset_;
    Karyotype karyotype_;
    GeneRecords owned_;
    std::span<const GeneRecord> records_;  // in genome order, so that their addresses are as well
    std::map<std::string, Records> by_name_;  // folded
};

}  // namespace chr21::testing
