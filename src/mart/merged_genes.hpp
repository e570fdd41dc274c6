#pragma once

#include "gene/attribute_rows.hpp"
#include "gene/gene.hpp"
#include "gene/result.hpp"
#include "mart/distinct_values.hpp"
#include "mart/header.hpp"
#include "mart/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

namespace chr21::mart {

// The genes of the rows read so far, each once and in the order of their first rows. Stable IDs are
// told apart without regard to case, as everywhere.
class MergedGenes {
public:
    // `expected` genes are made room for.
    MergedGenes(const Header& header, std::size_t expected);
    MergedGenes(const MergedGenes&) = delete;
    MergedGenes& operator=(const MergedGenes&) = delete;

    // Adds a row that has a cell for each column and a stable ID: as a new gene, or to the gene
    // that has this ID. Attribute values are added to those that the gene has, and it is kept which
    // of them stood in the row together; each gene column
    // must say what the first row said. An empty cell beside a value is another value too: BioMart
    // repeats the gene's columns in each of its rows. The error names line and column.
    std::optional<Error> add(const Row& row);

    std::size_t size() const { return genes_.size(); }
    std::vector<Gene> take() &&;

private:
    struct Id {
        std::string_view text;
        std::string_view folded;
        std::uint32_t hash;  // of the folded text
    };
    // Small, because a table of a million does not fit the processor's caches.
    struct Entry {
        std::uint32_t hash;
        std::uint32_t index;  // of the gene
    };
    struct Hash {
        using is_transparent = void;
        using is_avalanching = void;
        template <class Hashed>
        std::size_t operator()(const Hashed& hashed) const {
            constexpr std::uint64_t golden_ratio = 0x9E3779B97F4A7C15U;
            return hashed.hash * golden_ratio;
        }
    };
    struct Equal {
        using is_transparent = void;
        bool operator()(const Entry& left, const Entry& right) const {
            return left.index == right.index;
        }
        bool operator()(const Id& id, const Entry& entry) const;
        bool operator()(const Entry& entry, const Id& id) const { return (*this)(id, entry); }
        const MergedGenes* merged;
    };

    // Where the gene with this ID is; genes_.size() if it is new, which is then made note of.
    std::size_t find_or_note(std::string_view stable_id);
    std::optional<Error> add_new(const Row& row);
    std::optional<Error> merge(const Row& row, std::size_t index);
    // Holds the further columns of a kind against the first, which the gene has.
    std::optional<Error> compare_repeated(const Gene& gene, const Row& row, const GeneCell& where);
    void add_attributes(std::size_t index, const Row& row);
    // The cells of a row of attributes, of each attribute its first and then its further ones.
    std::size_t attribute_width() const;
    // Whether the rows say no more than that each value stood in a row with those of its place.
    bool are_plain(const AttributeRows& rows) const;
    Error other_value(const Row& row,
                      const GeneCell& where,
                      std::string_view value,
                      std::size_t index) const;
    Error cell_fault(const Row& row,
                     std::size_t place,
                     std::string_view value,
                     std::string_view message) const;

    const Header& header_;
    std::vector<Gene> genes_;
    std::vector<std::size_t> lines_;  // of each gene's first row
    boost::unordered_flat_set<Entry, Hash, Equal> by_id_;
    std::size_t latest_ = 0;  // the gene of the row before
    DistinctValues values_;
    std::vector<AttributeRows> attribute_rows_;  // of each gene; none where there are no attributes
    std::vector<std::uint32_t> cells_;           // of the row at hand
    std::string scratch_;
    std::string folded_;
};

}  // namespace chr21::mart
