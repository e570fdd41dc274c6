#include "store/memory/place_index.hpp"

#include <algorithm>
#include <ranges>
#include <tuple>

namespace chr21::memory {

namespace {

constexpr std::size_t block = 16;

std::vector<Position> greatest_of_blocks(const std::vector<Position>& level) {
    std::vector<Position> above;
    above.reserve((level.size() / block) + 1);
    for (std::size_t at = 0; at < level.size(); at += block) {
        const auto end = std::min(at + block, level.size());
        above.push_back(*std::max_element(level.begin() + static_cast<std::ptrdiff_t>(at),
                                          level.begin() + static_cast<std::ptrdiff_t>(end)));
    }
    return above;
}

}  // namespace

PlaceIndex::PlaceIndex(std::span<const GeneRecord> records) {
    auto& ends = ends_.emplace_back();
    starts_.reserve(records.size());
    ends.reserve(records.size());
    for (Ordinal ordinal = 0; ordinal < records.size(); ++ordinal) {
        const auto& record = records[ordinal];
        const auto start = record.gene_start();
        const auto end = record.gene_end();
        const auto chromosome = record.chromosome();
        const bool both = start && end;
        starts_.push_back(start.value_or(0));
        ends.push_back(start ? end.value_or(0) : 0);
        if (!chromosome) continue;
        auto& place = chromosomes_[std::string(*chromosome)];
        if (place.end == 0) place.begin = ordinal;
        place.end = ordinal + 1;
        if (start) ++place.placed;
        if (both) place.by_end.push_back(ordinal);
    }
    for (auto& chromosome : chromosomes_ | std::views::values) {
        std::ranges::sort(chromosome.by_end, {}, [&ends](Ordinal ordinal) {
            return std::tuple(ends[ordinal], ordinal);
        });
    }
    while (ends_.back().size() > block) ends_.push_back(greatest_of_blocks(ends_.back()));
}

const PlaceIndex::Chromosome* PlaceIndex::find(std::string_view chromosome) const {
    const auto found = chromosomes_.find(chromosome);
    return found == chromosomes_.end() ? nullptr : &found->second;
}

std::vector<ChromosomeCount> PlaceIndex::counts() const {
    std::vector<ChromosomeCount> counts;
    counts.reserve(chromosomes_.size());
    for (const auto& [name, place] : chromosomes_)
        counts.push_back({name, place.end - place.begin});
    std::ranges::sort(counts, chromosome_before, &ChromosomeCount::chromosome);
    return counts;
}

Ordinal PlaceIndex::first_starting_after(const Chromosome& chromosome, Position position) const {
    const auto begin = starts_.begin() + chromosome.begin;
    const auto after = std::upper_bound(begin, begin + chromosome.placed, position);
    return static_cast<Ordinal>(after - starts_.begin());
}

std::size_t PlaceIndex::most_overlapping(const Region& region) const {
    const auto* place = find(region.chromosome());
    return place == nullptr ? 0 : first_starting_after(*place, region.last()) - place->begin;
}

void PlaceIndex::append_overlapping(const Region& region, std::vector<Ordinal>& found) const {
    const auto* place = find(region.chromosome());
    if (place == nullptr) return;
    const auto last = first_starting_after(*place, region.last());
    std::size_t at = place->begin;
    while (at < last) {
        // Climb while a whole block begins here and none of its genes reaches the region.
        std::size_t level = 0;
        std::size_t span = 1;
        while (level + 1 < ends_.size() && at % (span * block) == 0 &&
               ends_[level + 1][at / (span * block)] < region.first()) {
            ++level;
            span *= block;
        }
        if (level == 0 && ends_[0][at] >= region.first()) found.push_back(static_cast<Ordinal>(at));
        at += span;
    }
}

void PlaceIndex::visit_after(std::string_view chromosome,
                             Position position,
                             const std::function<bool(Ordinal)>& visit) const {
    const auto* place = find(chromosome);
    if (place == nullptr) return;
    const auto end = place->begin + place->placed;
    for (auto at = first_starting_after(*place, position); at < end; ++at) {
        if (ends_[0][at] != 0 && !visit(at)) return;
    }
}

void PlaceIndex::visit_before(std::string_view chromosome,
                              Position position,
                              const std::function<bool(Ordinal)>& visit) const {
    const auto* place = find(chromosome);
    if (place == nullptr) return;
    const auto& ends = ends_[0];
    const auto end_of = [&ends](Ordinal ordinal) { return ends[ordinal]; };
    auto group_end = std::ranges::lower_bound(place->by_end, position, {}, end_of);
    while (group_end != place->by_end.begin()) {
        const auto group = std::ranges::lower_bound(
            place->by_end.begin(), group_end, end_of(*std::prev(group_end)), {}, end_of);
        for (auto at = group; at != group_end; ++at) {
            if (!visit(*at)) return;
        }
        group_end = group;
    }
}

}  // namespace chr21::memory
