#include "gene/karyotype.hpp"

#include "text/ascii.hpp"

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

// "q21.3" for "q21.3", and for "21Q21.3" and "chr21q21.3" when asked on chromosome 21, whatever the
// dataset calls it; empty when `name` means no band of this chromosome.
std::string band_on(std::string_view chromosome, std::string_view name) {
    const auto plain = without_chr(chromosome);
    const auto rest = without_chr(name);
    const bool named = text::starts_ignoring_case(rest, plain) && rest.size() > plain.size() &&
                       begins_with_arm(rest.substr(plain.size()));
    if (named) name = rest.substr(plain.size());
    if (!begins_with_arm(name) || name.ends_with('.')) return {};
    std::string band(name);
    band.front() = text::lower(band.front());
    return band;
}

std::vector<std::string> names_of(const std::map<std::string, Position, std::less<>>& lengths) {
    std::vector<std::string> names;
    names.reserve(lengths.size());
    for (const auto& [chromosome, length] : lengths) names.push_back(chromosome);
    return names;
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

std::string title_of(const Band& band) {
    return std::string(without_chr(band.chromosome)).append(band.name);
}

Karyotype::Karyotype(std::map<std::string, Position, std::less<>> lengths, std::vector<Band> bands)
    : lengths_(std::move(lengths)), names_(names_of(lengths_)) {
    for (auto& band : bands) {
        auto& along = bands_[band.chromosome];
        along.push_back(std::move(band));
    }
}

Karyotype Karyotype::named_as(const ChromosomeNames& names) const {
    std::map<std::string, Position, std::less<>> lengths;
    std::vector<Band> bands;
    for (const auto& [chromosome, length] : lengths_) {
        const auto known = names.alike(chromosome);
        for (const auto& name : known.empty() ? std::span(&chromosome, 1) : known) {
            lengths.emplace(name, length);
            for (auto band : this->bands(chromosome)) {
                band.chromosome = name;
                bands.push_back(std::move(band));
            }
        }
    }
    return {std::move(lengths), std::move(bands)};
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
