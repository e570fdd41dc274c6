#pragma once

#include "gene/region.hpp"
#include "store/gene_store.hpp"
#include "store/memory/text_column.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::memory {

// Where genes lie: for each chromosome its stretch of genome order, and in it the genes by start
// and by end.
class PlaceIndex {
public:
    // `records` in genome order; they outlive this.
    explicit PlaceIndex(std::span<const GeneRecord> records);

    // One chromosome's genes are [begin, end) in genome order, the first `placed` of them with
    // a known start.
    struct Chromosome {
        Ordinal begin = 0;
        Ordinal end = 0;
        Ordinal placed = 0;
        std::vector<Ordinal> by_end = {};  // genes with both ends known, by end, then genome order
    };
    // Null when no gene lies there.
    const Chromosome* find(std::string_view chromosome) const;
    std::vector<ChromosomeCount> counts() const;

    // Appends the genes that share a base with `region`, in genome order. Whole blocks of genes
    // that end before the region are passed over, so the cost follows the number found.
    void append_overlapping(const Region& region, std::vector<Ordinal>& found) const;

    // At most so many genes overlap: those that start by the region's last base.
    std::size_t most_overlapping(const Region& region) const;

    // Calls visit(ordinal) for genes that start after `position`, nearest first, until it says
    // false.
    void visit_after(std::string_view chromosome,
                     Position position,
                     const std::function<bool(Ordinal)>& visit) const;
    // Likewise for genes that end before `position`, nearest first, equal ends in genome order.
    void visit_before(std::string_view chromosome,
                      Position position,
                      const std::function<bool(Ordinal)>& visit) const;

private:
    Ordinal first_starting_after(const Chromosome& chromosome, Position position) const;

    std::map<std::string, Chromosome, std::less<>> chromosomes_;
    std::vector<Position> starts_;  // by ordinal; 0 where unknown
    // ends_[0] by ordinal, 0 where start or end is unknown; each further level holds the greatest
    // of `block` neighbours below it.
    std::vector<std::vector<Position>> ends_;
};

}  // namespace chr21::memory
