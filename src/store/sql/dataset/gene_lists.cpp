#include "store/sql/dataset/gene_lists.hpp"

#include "store/sql/dataset/suggestion_lists.hpp"
#include "text/fold.hpp"
#include "text/number_text.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace chr21::sql {
namespace {

// By their keys, and then by genome order. Costs little where they are sorted already.
template <class Key>
void sort_by(ListedGenes& genes, const std::vector<Key>& keys) {
    const auto before = [&](std::uint32_t left, std::uint32_t right) {
        const auto order = keys[left] <=> keys[right];
        return order != 0 ? order < 0 : left < right;
    };
    if (!std::ranges::is_sorted(genes, before)) std::ranges::sort(genes, before);
}

// The genes whose key is there, sorted so.
template <class Key>
ListedGenes sorted_by(const std::vector<Key>& keys, const Key& absent) {
    ListedGenes genes;
    for (std::uint32_t gene = 0; gene < keys.size(); ++gene) {
        if (keys[gene] != absent) genes.push_back(gene);
    }
    sort_by(genes, keys);
    return genes;
}

// Equal keys stay in genome order.
template <class Key>
ListedGenes reversed(const ListedGenes& sorted, const std::vector<Key>& keys) {
    ListedGenes genes;
    genes.reserve(sorted.size());
    for (auto end = sorted.size(); end > 0;) {
        auto begin = end - 1;
        while (begin > 0 && keys[sorted[begin - 1]] == keys[sorted[end - 1]]) --begin;
        for (auto at = begin; at < end; ++at) genes.push_back(sorted[at]);
        end = begin;
    }
    return genes;
}

template <class Key>
void append_absent(ListedGenes& genes, const std::vector<Key>& keys, const Key& absent) {
    for (std::uint32_t gene = 0; gene < keys.size(); ++gene) {
        if (keys[gene] == absent) genes.push_back(gene);
    }
}

template <class Key>
void add_sorts(std::array<ListedGenes, sort_keys>& sorted,
               SortField field,
               const std::vector<Key>& keys,
               const Key& absent) {
    auto rising = sorted_by(keys, absent);
    auto falling = reversed(rising, keys);
    append_absent(rising, keys, absent);
    append_absent(falling, keys, absent);
    const auto number = [field](bool descending) {
        return static_cast<std::size_t>(number_of({field, descending}));
    };
    sorted.at(number(false)) = std::move(rising);
    sorted.at(number(true)) = std::move(falling);
}

template <class Of>
auto values_of(std::span<const Gene* const> genes, const Of& of) {
    std::vector<std::decay_t<decltype(of(*genes.front()))>> values;
    values.reserve(genes.size());
    for (const auto* gene : genes) values.push_back(of(*gene));
    return values;
}

FoldedTexts fold_texts(std::span<const Gene* const> genes) {
    const auto folded = [](const std::optional<std::string>& text) {
        return text ? fold(*text) : std::string();
    };
    return {.ids = values_of(genes, [](const Gene& gene) { return fold(gene.gene_stable_id); }),
            .names = values_of(genes, [&](const Gene& gene) { return folded(gene.gene_name); }),
            .descriptions =
                values_of(genes, [&](const Gene& gene) { return folded(gene.gene_description); })};
}

}  // namespace

std::string to_list(std::span<const std::uint32_t> orders) {
    std::string list;
    for (const auto order : orders) text::append_number_text(list, order);
    return list;
}

std::vector<std::int64_t> from_list(std::string_view list) { return text::numbers_in(list); }

GeneLists::GeneLists(std::span<const Gene* const> genes) {
    if (genes.empty()) return;
    for (std::uint32_t order = 0; order < genes.size(); ++order) {
        if (const auto& type = genes[order]->gene_type) types_[fold(*type)].push_back(order);
    }
    const auto number = [](const auto& value) { return std::uint64_t{value.value_or(0)}; };
    add_sorts(sorted_,
              SortField::gene_start,
              values_of(genes, [&](const Gene& gene) { return number(gene.gene_start); }),
              std::uint64_t{0});
    add_sorts(sorted_,
              SortField::gene_end,
              values_of(genes, [&](const Gene& gene) { return number(gene.gene_end); }),
              std::uint64_t{0});
    add_sorts(sorted_,
              SortField::length,
              values_of(genes, [&](const Gene& gene) { return number(length(gene)); }),
              std::uint64_t{0});
    add_sorts(
        sorted_,
        SortField::gene_stable_id,
        values_of(genes, [](const Gene& gene) { return std::string_view(gene.gene_stable_id); }),
        std::string_view());
    const auto texts = fold_texts(genes);
    using Name = std::optional<std::string_view>;
    std::vector<Name> names(genes.size());
    for (std::size_t i = 0; i < genes.size(); ++i) {
        if (genes[i]->gene_name) names[i] = texts.names[i];
    }
    add_sorts(sorted_, SortField::gene_name, names, Name());
    auto by_name = sorted_.at(static_cast<std::size_t>(number_of({SortField::gene_name, false})));
    std::erase_if(by_name, [&](std::uint32_t gene) { return texts.names[gene].empty(); });
    // IDs are mostly of one case, and folding leaves their order as it is then.
    auto by_id =
        sorted_.at(static_cast<std::size_t>(number_of({SortField::gene_stable_id, false})));
    sort_by(by_id, texts.ids);
    suggestions_ = make_suggestion_lists(texts, by_id, by_name);
}

}  // namespace chr21::sql
