#include "gene/karyotype.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace chr21 {
namespace {

// The bands that `region` touches among the ordered `bands` of its chromosome.
std::span<const Band> touched(std::span<const Band> bands, const Region& region) {
    const auto first = std::ranges::lower_bound(bands, region.first(), {}, &Band::end);
    const auto past = std::ranges::upper_bound(bands, region.last(), {}, &Band::start);
    return first < past ? std::span(first, past) : std::span<const Band>();
}

bool begins_with_arm(std::string_view name) {
    return !name.empty() && std::string_view("pqPQ").contains(name.front());
}

// "q21.3" for "q21.3" and "21Q21.3" when asked on chromosome 21; empty when `name` means no band
// of this chromosome.
std::string band_on(std::string_view chromosome, std::string_view name) {
    const bool named =
        name.starts_with(chromosome) && begins_with_arm(name.substr(chromosome.size()));
    if (named) name.remove_prefix(chromosome.size());
    if (!begins_with_arm(name) || name.ends_with('.')) return {};
    std::string band(name);
    band.front() = static_cast<char>(band.front() | 0x20);
    return band;
}

// Adjoining stretches become one.
void add(std::vector<Region>& regions, const Band& band) {
    Position first = band.start;
    if (!regions.empty() && regions.back().chromosome() == band.chromosome &&
        regions.back().last() + 1 == band.start) {
        first = regions.back().first();
        regions.pop_back();
    }
    if (auto region = Region::make(band.chromosome, first, band.end)) {
        regions.push_back(std::move(*region));
    }
}

bool along_the_genome(const Region& left, const Region& right) {
    if (left.chromosome() == right.chromosome()) return left.first() < right.first();
    return chromosome_before(left.chromosome(), right.chromosome());
}

}  // namespace

Karyotype::Karyotype(std::map<std::string, Position, std::less<>> lengths, std::vector<Band> bands)
    : lengths_(std::move(lengths)) {
    for (auto& band : bands) {
        auto& along = bands_[band.chromosome];
        along.push_back(std::move(band));
    }
}

std::optional<Position> Karyotype::length(std::string_view chromosome) const {
    const auto found = lengths_.find(chromosome);
    if (found == lengths_.end()) return {};
    return found->second;
}

std::vector<Band> Karyotype::bands(std::string_view chromosome) const {
    const auto found = bands_.find(chromosome);
    if (found == bands_.end()) return {};
    return found->second;
}

std::vector<Region> Karyotype::find_band(std::string_view name) const {
    std::vector<Region> regions;
    for (const auto& [chromosome, bands] : bands_) {
        const auto wanted = band_on(chromosome, name);
        if (wanted.empty()) continue;
        for (const auto& band : bands) {
            if (band.name.starts_with(wanted)) add(regions, band);
        }
    }
    std::ranges::sort(regions, along_the_genome);
    return regions;
}

std::optional<std::string> Karyotype::band_of(const Region& region) const {
    const auto found = bands_.find(region.chromosome());
    if (found == bands_.end()) return {};
    const auto bands = touched(found->second, region);
    if (bands.empty()) return {};
    if (bands.size() == 1) return bands.front().name;
    return bands.front().name + "-" + bands.back().name;
}

std::vector<Band> Karyotype::bands_of(const Region& region) const {
    const auto found = bands_.find(region.chromosome());
    if (found == bands_.end()) return {};
    const auto bands = touched(found->second, region);
    return {bands.begin(), bands.end()};
}

}  // namespace chr21
