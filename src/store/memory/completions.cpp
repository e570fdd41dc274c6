#include "store/memory/completions.hpp"

#include "store/nearest.hpp"
#include "store/suggestion_rank.hpp"

#include <algorithm>
#include <ranges>
#include <unordered_set>

namespace chr21::memory {

Completions::Completions(const Columns& columns,
                         const SortedTexts& ids,
                         const SortedTexts& names,
                         const SearchIndex& search,
                         const GeneLookup& lookup)
    : columns_(columns),
      ids_(ids),
      names_(names),
      search_(search),
      lookup_(lookup),
      pieces_(names.all().size()) {
    std::string_view last;
    for (const auto ordinal : names_.all()) {
        const auto name = columns_.folded_names()[ordinal];
        if (name != last) pieces_.add(name);
        last = name;
    }
}

Suggestions Completions::suggest(std::string_view folded, std::uint32_t limit) const {
    Suggestions suggestions;
    if (folded.empty()) return suggestions;
    std::vector<Ranked> ranked;
    add_beginnings(folded, ranked);
    // A gene is here once by its name and once by its ID.
    keep_best(ranked, limit, 2 * std::size_t{limit});
    if (ranked.size() < limit) {
        add_earlier_names(folded, ranked);
        add_all_kinds(folded, ranked);
        keep_best(ranked, limit, ranked.size());
    }
    for (const auto& one : ranked) {
        suggestions.genes.push_back({.record = &columns_.records()[one.ordinal],
                                     .kind = one.kind,
                                     .namesakes = lookup_.namesakes_of(one.ordinal)});
    }
    return suggestions;
}

void Completions::add(SuggestionKind kind, Ordinal ordinal, std::vector<Ranked>& ranked) const {
    ranked.push_back({kind, suggestion_length(columns_.folded_names()[ordinal]), ordinal});
}

// Genes whose name or ID begins with the text.
void Completions::add_beginnings(std::string_view folded, std::vector<Ranked>& ranked) const {
    const auto add_from = [&](const SortedTexts& index, TextColumn texts) {
        for (const auto ordinal : index.beginning_with(folded)) {
            const bool exact = texts[ordinal].size() == folded.size();
            add(exact ? SuggestionKind::exact : SuggestionKind::prefix, ordinal, ranked);
        }
    };
    add_from(names_, columns_.folded_names());
    add_from(ids_, columns_.folded_ids());
}

void Completions::add_earlier_names(std::string_view folded, std::vector<Ranked>& ranked) const {
    lookup_.visit_earlier_names(folded, [&](OtherName kind, Ordinal ordinal) {
        const bool is_previous = kind == OtherName::previous_name;
        add(is_previous ? SuggestionKind::previous_name : SuggestionKind::synonym, ordinal, ranked);
    });
}

// Genes that neither their ID nor their name's beginning brings up.
void Completions::add_all_kinds(std::string_view folded, std::vector<Ranked>& ranked) const {
    if (folded.size() < SearchIndex::shortest) {
        const auto count = static_cast<Ordinal>(columns_.records().size());
        for (Ordinal ordinal = 0; ordinal < count; ++ordinal) consider(folded, ordinal, ranked);
        return;
    }
    for (const auto ordinal : search_.candidates(folded)) consider(folded, ordinal, ranked);
    visit_mistyped(folded, [&](std::span<const Ordinal> genes) {
        for (const auto ordinal : genes) consider(folded, ordinal, ranked);
    });
}

void Completions::consider(std::string_view folded,
                           Ordinal ordinal,
                           std::vector<Ranked>& ranked) const {
    const auto kind = suggestion_kind(folded,
                                      columns_.folded_ids()[ordinal],
                                      columns_.folded_names()[ordinal],
                                      columns_.folded_descriptions()[ordinal]);
    if (kind) add(*kind, ordinal, ranked);
}

// Calls visit(ordinals) with the genes of every name that is one typo away, some more than once.
template <class Visit>
void Completions::visit_mistyped(std::string_view folded, Visit visit) const {
    if (folded.size() < shortest_typo_text) return;
    Mistyped(folded, pieces_).for_each([&](std::string_view name) {
        if (const auto genes = names_.equal(name); !genes.empty() && name != folded) visit(genes);
    });
}

std::vector<Ordinal> Completions::nearest(std::string_view folded) const {
    std::vector<NameNearness> near;
    visit_mistyped(folded, [&](std::span<const Ordinal> genes) {
        const auto first = genes.front();
        near.push_back(nearness_of(columns_.folded_names()[first], folded, first));
    });
    std::ranges::sort(near);
    const auto again = std::ranges::unique(near);
    near.erase(again.begin(), again.end());
    std::vector<Ordinal> nearest;
    for (const auto& one : near | std::views::take(most_nearest)) {
        nearest.push_back(static_cast<Ordinal>(one.gene_order));
    }
    return nearest;
}

// Sorts as far as there can be genes within the limit, drops what is there twice and the rest. Of
// one gene's kinds the best stays.
void Completions::keep_best(std::vector<Ranked>& ranked, std::uint32_t limit, std::size_t sorted) {
    if (sorted < ranked.size()) {
        std::ranges::nth_element(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(sorted));
        ranked.resize(sorted);
    }
    std::ranges::sort(ranked);
    std::unordered_set<Ordinal> seen;
    std::erase_if(ranked, [&](const Ranked& one) { return !seen.insert(one.ordinal).second; });
    if (ranked.size() > limit) ranked.resize(limit);
}

}  // namespace chr21::memory
