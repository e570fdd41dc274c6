#include "store/sql/dataset/posting.hpp"

#include "gene/stable_id.hpp"
#include "text/number_text.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <xxhash.h>

namespace chr21::sql {
namespace {

constexpr std::size_t gram_size = 3;

// What a term is of stands in its two highest bits that a BIGINT above 0 has.
enum class Kind : std::uint8_t { gram = 0, place = 1, attribute = 2, list = 3 };

// Of what a list is. From unversioned_value on the seeds are of the attributes, from 0.
enum class ListSeed : std::uint8_t { unversioned_id = 0, lists = 1, unversioned_value = 2 };

// Behind the numbers of three bytes.
constexpr Term first_single = Term{1} << 24U;
constexpr Term first_pair = Term{1} << 25U;

constexpr unsigned hash_bits = 61;

Term hashed(Kind kind, std::string_view text, std::uint64_t seed) {
    const auto hash = XXH3_64bits_withSeed(text.data(), text.size(), seed) >> (64 - hash_bits);
    return static_cast<Term>((std::uint64_t{std::to_underlying(kind)} << hash_bits) | hash);
}

std::uint32_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

std::uint32_t gram_at(std::string_view text, std::size_t at) {
    return (byte_at(text, at) << 16U) | (byte_at(text, at + 1) << 8U) | byte_at(text, at + 2);
}

// Stretches of 2^17 bp, each level eight times as long as the one before; the last holds all.
constexpr std::array<unsigned, 6> levels{17, 20, 23, 26, 29, 32};

Term stretch_term(std::string_view chromosome, unsigned level, std::uint64_t number) {
    return hashed(Kind::place, chromosome, (std::uint64_t{level} << 32U) | number);
}

// The shortest stretch that holds the whole place.
Term stretch_term(const Region& place) {
    const auto* const level = std::ranges::find_if(levels, [&](unsigned one) {
        return std::uint64_t{place.first()} >> one == std::uint64_t{place.last()} >> one;
    });
    return stretch_term(place.chromosome(), *level, std::uint64_t{place.first()} >> *level);
}

}  // namespace

std::vector<Term> gram_terms(std::string_view folded_text) {
    std::vector<Term> terms;
    for (std::size_t at = 0; at + gram_size <= folded_text.size(); ++at) {
        terms.push_back(Term{gram_at(folded_text, at)});
    }
    std::ranges::sort(terms);
    const auto repeated = std::ranges::unique(terms);
    terms.erase(repeated.begin(), repeated.end());
    return terms;
}

std::optional<std::vector<Term>> place_terms(const Region& region) {
    constexpr std::uint64_t longest = std::uint64_t{1} << levels[3];
    if (std::uint64_t{region.last()} - region.first() >= longest) return {};
    std::vector<Term> terms;
    for (const auto level : levels) {
        const auto last = std::uint64_t{region.last()} >> level;
        for (auto number = std::uint64_t{region.first()} >> level; number <= last; ++number) {
            terms.push_back(stretch_term(region.chromosome(), level, number));
        }
    }
    return terms;
}

Term attribute_term(std::size_t attribute, std::string_view folded_value) {
    return hashed(Kind::attribute, folded_value, attribute);
}

Term short_term(std::string_view folded_text) {
    if (folded_text.size() == 1) return first_single + Term{byte_at(folded_text, 0)};
    return first_pair + Term{(byte_at(folded_text, 0) << 8U) | byte_at(folded_text, 1)};
}

Term unversioned_term(std::string_view unversioned_folded_id) {
    return hashed(Kind::list, unversioned_folded_id, std::to_underlying(ListSeed::unversioned_id));
}

Term unversioned_value_term(std::size_t attribute, std::string_view unversioned_folded_value) {
    return hashed(Kind::list,
                  unversioned_folded_value,
                  std::to_underlying(ListSeed::unversioned_value) + attribute);
}

Term lists_term() {
    static const auto term = hashed(Kind::list, {}, std::to_underlying(ListSeed::lists));
    return term;
}

// A posting list is the gaps between its orders.
std::vector<std::int64_t> to_gene_orders(std::string_view posting_list) {
    auto orders = text::numbers_in(posting_list);
    std::int64_t next = 0;
    for (auto& order : orders) {
        order += next;
        next = order + 1;
    }
    return orders;
}

std::string to_posting_list(std::span<const std::uint32_t> gene_orders) {
    std::string list;
    std::uint32_t next = 0;
    for (const auto order : gene_orders) {
        text::append_number_text(list, order - next);
        next = order + 1;
    }
    return list;
}

void Postings::List::add(std::uint32_t gene_order) {
    if (gene_order < next) return;
    text::append_number_text(gene_orders, gene_order - next);
    next = gene_order + 1;
    ++count;
}

void Postings::List::add_up_to(std::uint32_t most, std::uint32_t gene_order) {
    if (count < most) return add(gene_order);
    if (gene_order < next) return;
    next = gene_order + 1;
    ++count;
}

void Postings::add_text(std::uint32_t gene_order, std::string_view folded_text) {
    for (std::size_t at = 0; at < folded_text.size(); ++at) {
        const auto byte = byte_at(folded_text, at);
        single_bytes_.at(byte).add_up_to(most_, gene_order);
        if (at + 1 == folded_text.size()) break;
        byte_pairs_[(byte << 8U) | byte_at(folded_text, at + 1)].add_up_to(most_, gene_order);
    }
    for (std::size_t at = 0; at + gram_size <= folded_text.size(); ++at) {
        const auto gram = gram_at(folded_text, at);
        auto& lists = grams_[gram >> 8U];
        if (!lists) lists = std::make_unique<LastByte>();
        lists->at(gram & 0xFFU).add(gene_order);
    }
}

void Postings::add_place(std::uint32_t gene_order, const Region& place) {
    others_[stretch_term(place)].add(gene_order);
}

void Postings::add_attribute(std::uint32_t gene_order,
                             std::size_t attribute,
                             std::string_view folded_value) {
    others_[attribute_term(attribute, folded_value)].add(gene_order);
}

void Postings::add_unversioned(std::uint32_t gene_order, std::string_view folded_id) {
    const auto id = read_version(folded_id);
    if (!id || id->version.empty()) return;
    others_[unversioned_term(id->unversioned())].add(gene_order);
}

void Postings::add_unversioned_value(std::uint32_t gene_order,
                                     std::size_t attribute,
                                     std::string_view folded_value) {
    const auto id = read_version(folded_value);
    if (!id || id->version.empty()) return;
    others_[unversioned_value_term(attribute, id->unversioned())].add(gene_order);
}

void Postings::for_each(const std::function<void(const Posting&)>& visit) const {
    const auto show = [&](Term term, const List& list) {
        Posting posting{.term = term, .gene_count = list.count};
        if (list.count <= most_) posting.gene_orders = list.gene_orders;
        visit(posting);
    };
    for (std::size_t prefix = 0; prefix < grams_.size(); ++prefix) {
        if (!grams_[prefix]) continue;
        for (std::size_t last = 0; last < 256; ++last) {
            const auto& list = grams_[prefix]->at(last);
            if (list.count > 0) show(static_cast<Term>((prefix << 8U) | last), list);
        }
    }
    const auto show_all = [&](Term first, std::span<const List> lists) {
        for (std::size_t i = 0; i < lists.size(); ++i) {
            if (lists[i].count > 0) show(first + static_cast<Term>(i), lists[i]);
        }
    };
    show_all(first_single, single_bytes_);
    show_all(first_pair, byte_pairs_);
    std::vector<const std::pair<const Term, List>*> sorted;
    sorted.reserve(others_.size());
    for (const auto& entry : others_) sorted.push_back(&entry);
    std::ranges::sort(sorted, {}, [](const auto* entry) { return entry->first; });
    for (const auto* entry : sorted) show(entry->first, entry->second);
    visit({.term = lists_term()});
}

}  // namespace chr21::sql
