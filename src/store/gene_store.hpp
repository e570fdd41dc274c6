#pragma once

#include "gene/chromosome_names.hpp"
#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "gene/gene_filter.hpp"
#include "gene/sort.hpp"
#include "store/gene_cursor.hpp"
#include "store/gene_page.hpp"
#include "store/gene_records.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// The part of a result that a caller wants: `limit` genes after the first `offset`; no limit
// means all the rest.
struct Window {
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> limit = {};
};

struct FoundGene {
    const GeneRecord* record = nullptr;  // null: no such gene
    KeepAlive keep = {};

    explicit operator bool() const { return record != nullptr; }
    const GeneRecord& operator*() const { return *record; }
    const GeneRecord* operator->() const { return record; }
};

// A gene beside another; `distance` is in bp from the one's nearest end to the other's: 0 when
// they share a base, 1 when they touch (as `bedtools closest -d` counts).
struct Neighbor {
    const GeneRecord* record = nullptr;
    Position distance = 0;
};

// Nearest first, ties in genome order. Up- and downstream are along the gene's own strand: for a
// reverse gene upstream lies at higher positions. A gene of unknown strand is read forwards.
struct Neighbors {
    std::vector<Neighbor> overlapping = {};
    std::vector<Neighbor> upstream = {};
    std::vector<Neighbor> downstream = {};
    KeepAlive keep = {};
};

enum class SuggestionKind : std::uint8_t { exact, prefix, description, typo };

struct Suggestion {
    const GeneRecord* record = nullptr;
    SuggestionKind kind = SuggestionKind::exact;
};

struct Suggestions {
    std::vector<Suggestion> genes = {};
    KeepAlive keep = {};
};

// Genes by the texts that were asked for, each at the place of its text; null: no such gene.
struct FoundGenes {
    std::vector<const GeneRecord*> by_id = {};
    std::vector<const GeneRecord*> by_name = {};
    KeepAlive keep = {};
};

// What no gene was found by.
struct Miss {
    enum class Kind : std::uint8_t { id, name };
    Kind kind = Kind::name;
    std::string text = {};
};

// What somebody who missed may have meant. All are spelled as the genes are.
struct Advice {
    // For a name the names that one typo parts from it, as nearness_of() puts them; for a stable ID
    // those of corrected_ids() that a gene has. At most most_nearest, best first.
    std::vector<std::string> nearest = {};
    // The stable ID that the name is, or the gene name that the stable ID is.
    std::optional<std::string> of_other_kind = {};

    friend bool operator==(const Advice&, const Advice&) = default;
};

struct ChromosomeCount {
    std::string chromosome;
    std::uint64_t gene_count = 0;

    friend bool operator==(const ChromosomeCount&, const ChromosomeCount&) = default;
};

// The engine cannot answer now: a database is down, a file cannot be read. Carries the engine's
// own words, for the log and not for the caller.
class StoreUnavailable : public std::runtime_error {
public:
    explicit StoreUnavailable(const std::string& message, bool may_pass = false)
        : std::runtime_error(message), may_pass_(may_pass) {}

    // Whether it may go away by itself, as a server that cannot be reached may be starting.
    bool may_pass() const { return may_pass_; }

private:
    bool may_pass_;
};

// The dataset is not in the database any more: another one must be answered from.
class DatasetDropped : public StoreUnavailable {
public:
    using StoreUnavailable::StoreUnavailable;
};

// The dataset's genes are not those that were loaded: nothing should be answered from them.
class DatasetDamaged : public StoreUnavailable {
public:
    using StoreUnavailable::StoreUnavailable;
};

// The one promise of every engine: one complete dataset, and the same answers in the same order.
// Safe to call from many threads. Results stay valid while the store and their `keep` live.
// Throws StoreUnavailable when the engine cannot answer, DatasetDropped when it never will again.
class GeneStore {
public:
    GeneStore() = default;
    GeneStore(const GeneStore&) = delete;
    GeneStore& operator=(const GeneStore&) = delete;
    GeneStore(GeneStore&&) = delete;
    GeneStore& operator=(GeneStore&&) = delete;
    virtual ~GeneStore() = default;

    virtual const Dataset& dataset() const = 0;

    // By stable ID, ignoring case. Where no gene has it as written, a version suffix is left out:
    // "ENSG00000157540.22" finds ENSG00000157540, and "SPAC1002.01" the gene of that very ID.
    virtual FoundGene find(std::string_view gene_stable_id) const = 0;

    // By name, ignoring case; of several the first in genome order.
    virtual FoundGene find_by_name(std::string_view gene_name) const = 0;

    // All of a request at once: find() of each ID and find_by_name() of each name.
    virtual FoundGenes find_all(std::span<const std::string> gene_stable_ids,
                                std::span<const std::string> gene_names) const = 0;

    // Advice for each miss, at its place. Asked for a few of them: each costs about as much as a
    // gene that is found.
    virtual std::vector<Advice> nearest(std::span<const Miss> misses) const = 0;

    // The genes that `filter` admits, as admits() says, in the order of sorts_before().
    virtual GenePage list(const GeneFilter& filter, const Sort& sort, Window window) const = 0;

    // The same list without a window, to be read in portions. An engine that finds a portion
    // without the whole says so here.
    virtual std::unique_ptr<GeneCursor> cursor(const GeneFilter& filter, const Sort& sort) const;

    // Up to `limit` genes in each of the three places around `gene`, among those that `filter`
    // admits and without the gene itself. Nothing when the gene's place is unknown.
    virtual Neighbors neighbors(const Gene& gene,
                                const GeneFilter& filter,
                                std::uint32_t limit) const = 0;

    // Completions of `text`, which is folded here: genes whose name or stable ID equals it, then
    // begins with it, then whose description has a word that begins with it, then whose name is
    // one typo away. Within a kind: shorter name first, then genome order. A gene appears once,
    // with its best kind. A word begins after anything that is not a letter or digit.
    virtual Suggestions suggest(std::string_view text, std::uint32_t limit) const = 0;

    // Every chromosome that has genes, in natural order, with their number.
    virtual std::vector<ChromosomeCount> chromosomes() const = 0;

    // Every gene type that genes have, in the order of the folded texts. Of those that differ in
    // case alone one stands for all: as the first gene in genome order has it.
    virtual std::vector<std::string> gene_types() const = 0;

    // What chromosomes() are called, and which one a request means. Made once, when first asked.
    const ChromosomeNames& chromosome_names() const;
    // The gene_types(), folded. Likewise.
    const std::vector<std::string>& folded_gene_types() const;

private:
    mutable std::once_flag chromosome_names_made_;
    mutable ChromosomeNames chromosome_names_;
    mutable std::once_flag gene_types_folded_;
    mutable std::vector<std::string> folded_gene_types_;
};

}  // namespace chr21
