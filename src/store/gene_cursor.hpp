#pragma once

#include "gene/sort.hpp"
#include "store/gene_page.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace chr21 {

class GeneStore;

// A list of genes that is read in portions, so that it never has to be in memory as a whole. For
// one thread at a time; valid while its store lives. Its questions throw as those of the store do.
class GeneCursor {
public:
    GeneCursor() = default;
    GeneCursor(const GeneCursor&) = delete;
    GeneCursor& operator=(const GeneCursor&) = delete;
    GeneCursor(GeneCursor&&) = delete;
    GeneCursor& operator=(GeneCursor&&) = delete;
    virtual ~GeneCursor() = default;

    // How many genes the whole list has.
    virtual std::uint64_t total() const = 0;

    // The next genes, as many as the store finds handy and at least one; none at the end. Valid
    // until the next call.
    virtual GenePage next() = 0;

    // The chromosomes of those genes of the whole list whose start and end are known, each once, in
    // natural order.
    virtual std::vector<std::string> placed_chromosomes() const = 0;

    // Bytes of memory that it holds beside the store and the portion that it gave last.
    virtual std::size_t bytes_held() const = 0;
};

// Reads a list that is at hand.
std::unique_ptr<GeneCursor> read_page(GenePage page);

// Reads all genes by asking for one window after another; for stores that find any window at once.
std::unique_ptr<GeneCursor> read_by_windows(const GeneStore& store, Sort sort);

}  // namespace chr21
