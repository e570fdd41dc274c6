#pragma once

#include "gene/chromosome_names.hpp"
#include "gene/gene.hpp"
#include "gene/region.hpp"
#include "gene/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// A karyotype band as a Giemsa stain shows it; ends 1-based and inclusive.
struct Band {
    std::string chromosome;
    std::string name;  // "q21.3", without the chromosome
    Position start = 0;
    Position end = 0;
    std::string stain;  // gneg, gpos25 ... gpos100, acen, gvar, stalk

    friend bool operator==(const Band&, const Band&) = default;
};

// "21q21.3", also where the dataset calls the chromosome "chr21".
std::string title_of(const Band& band);

// The chromosomes of one assembly: their lengths in bp and their bands. An assembly that we have
// no table for has an empty karyotype; then no length is known and no band is named.
// Immutable, so safe to read from many threads.
class Karyotype {
public:
    Karyotype() = default;
    // Bands in order along each chromosome.
    Karyotype(std::map<std::string, Position, std::less<>> lengths, std::vector<Band> bands);

    // The same with the names that a dataset has for its chromosomes. Where it has several for one,
    // as "21" and "chr21", each is known; a chromosome that it does not have keeps its name.
    Karyotype named_as(const ChromosomeNames& names) const;

    // From the two tables in data/: "chromosome<TAB>length" and
    // "chromosome<TAB>band<TAB>start<TAB>end<TAB>stain", each with a header line.
    static Result<Karyotype> parse(std::string_view lengths_table, std::string_view bands_table);

    bool empty() const { return lengths_.empty(); }
    // Of the chromosomes whose length is known. They know no accessions: those are the dataset's.
    const ChromosomeNames& names() const { return names_; }
    std::optional<Position> length(std::string_view chromosome) const;
    // The bands of one chromosome, from the start of its short arm; empty when unknown.
    std::vector<Band> bands(std::string_view chromosome) const;

    // The stretches that a band name stands for: "q21.3" on every chromosome that has it,
    // "21q21.3" and "chr21q21.3" on chromosome 21 alone; "q21" and "q" cover all bands below them.
    // Empty: no such band.
    std::vector<Region> find_band(std::string_view name) const;

    // The band or band range a region touches: "q21.3" or "q21.3-q22.11"; absent when unknown.
    std::optional<std::string> band_of(const Region& region) const;
    // Every band that the region shares a base with, in order along the chromosome.
    std::vector<Band> bands_of(const Region& region) const;

private:
    std::map<std::string, Position, std::less<>> lengths_;
    ChromosomeNames names_;
    std::map<std::string, std::vector<Band>, std::less<>> bands_;
};

}  // namespace chr21
