#pragma once

#include "gene/chromosome_names.hpp"
#include "gene/dataset.hpp"
#include "gene/gene.hpp"
#include "gene/gene_filter.hpp"
#include "gene/other_names.hpp"
#include "gene/sort.hpp"
#include "store/gene_cursor.hpp"
#include "store/gene_page.hpp"
#include "store/gene_records.hpp"

#include <cstddef>
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

// So many genes are told of at most beside the one that is found, or in place of one.
inline constexpr std::size_t most_others = 20;

// The other genes that have the name of a gene: the stable IDs of the first of them, those on
// primary chromosomes first and then in genome order, and how many there are.
struct Namesakes {
    std::vector<std::string> gene_stable_ids = {};
    std::uint64_t count = 0;

    friend bool operator==(const Namesakes&, const Namesakes&) = default;
};

// A gene as people know it: its name, or its stable ID where it has none.
struct GeneLabel {
    std::string text = {};
    std::string gene_stable_id = {};

    friend bool operator==(const GeneLabel&, const GeneLabel&) = default;
};

GeneLabel label_of(const GeneRecord& gene);

// The genes that a text may mean where it may mean several: the first in genome order, and how many
// there are.
struct MeantGenes {
    std::vector<GeneLabel> first = {};
    std::uint64_t count = 0;

    friend bool operator==(const MeantGenes&, const MeantGenes&) = default;
};

struct FoundGene {
    const GeneRecord* record = nullptr;  // null: no such gene, or several
    KeepAlive keep = {};
    Namesakes namesakes = {};  // told by find_by_name() alone
    MeantGenes meant = {};     // where there are several

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

enum class SuggestionKind : std::uint8_t {
    exact,
    prefix,
    previous_name,
    synonym,
    description,
    typo
};

struct Suggestion {
    const GeneRecord* record = nullptr;
    SuggestionKind kind = SuggestionKind::exact;
    Namesakes namesakes = {};
};

struct Suggestions {
    std::vector<Suggestion> genes = {};
    KeepAlive keep = {};
};

// What somebody looks a gene up by.
struct Wanted {
    enum class Kind : std::uint8_t {
        id,    // a stable ID, or an ID of another kind that the dataset has as an attribute
        name,  // a name, an earlier one or a synonym
        any,   // either
    };
    Kind kind = Kind::name;
    std::string text = {};
};

// What a text is of the gene, or of the genes, that it was found by.
enum class MatchKind : std::uint8_t { none, stable_id, name, previous_name, synonym, attribute };

// What a value of such an attribute is of a gene.
MatchKind match_kind_of(OtherName kind);

// What look_up() makes of one text.
struct Match {
    const GeneRecord* record = nullptr;  // null: no such gene, or several
    MatchKind kind = MatchKind::none;
    // Into Dataset::attributes: which one has the text, where `kind` is one of the last three.
    std::size_t attribute = 0;
    Namesakes namesakes = {};  // of `record`
    MeantGenes meant = {};     // where there are several
};

// Whether several genes fit, or one by an earlier name or an ID of another kind: what a route that
// takes one kind of text alone does not answer with.
bool is_known_otherwise(const Match& match);

// One for each text that was asked for, at its place.
struct Matches {
    std::vector<Match> all = {};
    KeepAlive keep = {};
};

// What somebody who missed may have meant. All are spelled as the genes are.
struct Advice {
    // For a name the names that one typo parts from it, as nearness_of() puts them, each with the
    // first gene in genome order that has it; for a stable ID those of corrected_ids() that a gene
    // has; for what may be either the names and then the IDs. At most most_nearest of each, best
    // first.
    std::vector<GeneLabel> nearest = {};
    // The gene that find() finds by the name as a stable ID, of another version too, or whose name
    // the stable ID is. Its text is that ID or name. Not looked for where the text may be either.
    std::optional<GeneLabel> of_other_kind = {};

    friend bool operator==(const Advice&, const Advice&) = default;
};

// What a text that was not found may mean: the one match of look_up() for it as an ID or a name,
// and advice on it where that is not known otherwise.
struct Explanation {
    Matches matches = {};
    Advice advice = {};
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
    // "ENSG00000157540.22" finds ENSG00000157540, and "SPAC1002.01" the gene of that very ID. Where
    // the ID is of a kind that has versions (gene/stable_id.hpp), the versions of the genes are
    // then ignored as well; several that fit are told in `meant`.
    virtual FoundGene find(std::string_view gene_stable_id) const = 0;

    // By name, ignoring case; of several the first on a primary chromosome
    // (gene/primary_chromosome.hpp), or else the first in genome order.
    virtual FoundGene find_by_name(std::string_view gene_name) const = 0;

    // All texts of a request at once. A text is looked for as find() does, then as find_by_name()
    // does, then among earlier names and synonyms together, then among IDs of other kinds
    // (gene/other_names.hpp) with or without their versions, as far as its kind goes; the first of
    // these that anything fits decides. Of earlier names, synonyms and other IDs, several genes are
    // told in `meant` and none is found.
    virtual Matches look_up(std::span<const Wanted> wanted) const = 0;

    // Advice for each text that was not found, at its place. Asked for a few of them: each costs
    // about as much as a gene that is found.
    virtual std::vector<Advice> nearest(std::span<const Wanted> missed) const = 0;

    // What a text may mean that find() has just not found as an ID, or find_by_name() as a name: by
    // look_up() as either, and by nearest() where it is not known otherwise. An engine that asks
    // for both at once says so here.
    virtual Explanation explain(const Wanted& missed) const;

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
    // begins with it, then those of which it is an earlier name or a synonym, whole, then whose
    // description has a word that begins with it, then whose name is one typo away. Within a kind:
    // shorter name first, then genome order. A gene appears once, with its best kind. A word begins
    // after anything that is not a letter or digit.
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
