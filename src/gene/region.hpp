#pragma once

#include "gene/gene.hpp"
#include "gene/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chr21 {

// A stretch of one chromosome, 1-based and inclusive at both ends, as Ensembl writes it.
class Region {
public:
    // Refuses an empty chromosome, a first position of 0 and a first position after the last.
    static Result<Region> make(std::string chromosome, Position first, Position last);

    const std::string& chromosome() const { return chromosome_; }
    Position first() const { return first_; }
    Position last() const { return last_; }

    // Shares at least one base with `other`.
    bool overlaps(const Region& other) const;

    friend bool operator==(const Region&, const Region&) = default;

private:
    Region(std::string chromosome, Position first, Position last);

    std::string chromosome_;
    Position first_;
    Position last_;
};

// Reads "21:25880550-26171128" and "21:25,880,550-26,171,128"; "21" alone or "21:100" are refused.
// The chromosome stays as it is written: what a dataset calls it is for ChromosomeNames to tell.
// The error names the parameter "region".
Result<Region> parse_region(std::string_view text);

// "21:25880550-26171128", which parse_region reads back.
std::string to_text(const Region& region);

// Where the gene lies; absent unless chromosome, start and end are all known.
std::optional<Region> region_of(const Gene& gene);

}  // namespace chr21
