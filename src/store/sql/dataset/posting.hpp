#pragma once

#include "gene/gene.hpp"
#include "gene/region.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chr21::sql {

// What a posting list is kept under. Different things may share a term, seldom: a list holds every
// gene that has the term and may hold others, so whoever reads it tests the genes themselves.
using Term = std::int64_t;

// Every three bytes that follow each other in the folded text, each once; none in shorter text.
std::vector<Term> gram_terms(std::string_view folded_text);

// The stretches of the chromosome, from 131 kb to all of it, that share a base with the region: a
// gene that overlaps the region has one of them. Absent where the region is longer than 67 Mb and
// there would be too many.
std::optional<std::vector<Term>> place_terms(const Region& region);

// `attribute` counts from 0 as Dataset::attributes does.
Term attribute_term(std::size_t attribute, std::string_view folded_value);

// Of one or two bytes that stand in the folded text. Their lists and counts are exact, and a
// dataset has them if it has lists_term().
Term short_term(std::string_view folded_text);

// Of a stable ID that has a version (gene/stable_id.hpp), without it.
Term unversioned_term(std::string_view unversioned_folded_id);

// Likewise of a value of an attribute that holds such IDs.
Term unversioned_value_term(std::size_t attribute, std::string_view unversioned_folded_value);

// That there are the lists of the third step of the schema.
Term lists_term();

// The genes' orders, rising, as a posting list keeps them.
std::vector<std::int64_t> to_gene_orders(std::string_view posting_list);

// And back.
std::string to_posting_list(std::span<const std::uint32_t> gene_orders);

struct Posting {
    Term term = 0;
    std::uint32_t gene_count = 0;
    std::optional<std::string_view> gene_orders;  // absent when too many genes have it
};

// Collects the posting lists of a dataset. Genes come in rising order.
class Postings {
public:
    // Adds the terms of every three bytes, and of each one and two; no list of the latter is kept
    // for more than `most` genes.
    explicit Postings(std::uint32_t most) : most_(most) {}
    void add_text(std::uint32_t gene_order, std::string_view folded_text);
    void add_place(std::uint32_t gene_order, const Region& place);
    void add_attribute(std::uint32_t gene_order,
                       std::size_t attribute,
                       std::string_view folded_value);

    // Adds nothing for an ID without a version.
    void add_unversioned(std::uint32_t gene_order, std::string_view folded_id);
    void add_unversioned_value(std::uint32_t gene_order,
                               std::size_t attribute,
                               std::string_view folded_value);

    // In the order of the terms, and lists_term() last.
    void for_each(const std::function<void(const Posting&)>& visit) const;

private:
    struct List {
        std::string gene_orders;
        std::uint32_t next = 0;  // the lowest order that can come
        std::uint32_t count = 0;

        void add(std::uint32_t gene_order);
        // Only counts from there on.
        void add_up_to(std::uint32_t most, std::uint32_t gene_order);
    };
    // The lists of the grams that share two bytes, by the third.
    using LastByte = std::array<List, 256>;

    std::vector<std::unique_ptr<LastByte>> grams_{65536};
    std::array<List, 256> single_bytes_;
    std::vector<List> byte_pairs_{65536};
    std::unordered_map<Term, List> others_;
    std::uint32_t most_;
};

}  // namespace chr21::sql
