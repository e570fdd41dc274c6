#include "store/memory/gene_lookup.hpp"

#include "gene/primary_chromosome.hpp"
#include "gene/stable_id.hpp"
#include "store/memory/ordinals.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <string>

namespace chr21::memory {
namespace {

bool has_versions(TextColumn folded_ids) {
    for (std::size_t gene = 0; gene < folded_ids.size(); ++gene) {
        if (folded_ids[gene].contains('.')) return true;
    }
    return false;
}

}  // namespace

GeneLookup::GeneLookup(const Dataset& dataset,
                       const Karyotype& karyotype,
                       const Columns& columns,
                       const SortedTexts& ids,
                       const SortedTexts& names,
                       const PlaceIndex& places,
                       const AttributeIndex& attributes)
    : columns_(columns),
      ids_(ids),
      names_(names),
      attributes_(attributes),
      has_versions_(has_versions(columns.folded_ids())) {
    for (const auto& what : other_names_of(dataset)) {
        const auto number = attributes.number_of(dataset.attributes[what.attribute].name);
        if (number) other_names_.push_back({what, *number});
    }
    for (const auto& count : places.counts()) {
        if (!is_primary_chromosome(count.chromosome, karyotype)) continue;
        primary_.add(places.find(count.chromosome)->begin, count.gene_count);
    }
}

FoundGene GeneLookup::find(std::string_view gene_stable_id) const {
    const auto genes = by_id(gene_stable_id);
    if (genes.size() == 1) return {.record = &columns_.records()[genes.front()]};
    return {.meant = meant(genes)};
}

FoundGene GeneLookup::find_by_name(std::string_view gene_name) const {
    const auto first = primary_.first_of(names_.equal(fold(gene_name)));
    if (!first) return {};
    return {.record = &columns_.records()[*first], .namesakes = namesakes_of(*first)};
}

Match GeneLookup::look_up(const Wanted& wanted) const {
    using enum Wanted::Kind;
    Match match;
    const auto folded = fold(wanted.text);
    if (wanted.kind != name && settle(match, MatchKind::stable_id, by_id(wanted.text))) {
        return match;
    }
    if (wanted.kind != id) {
        if (const auto first = primary_.first_of(names_.equal(folded))) {
            settle(match, MatchKind::name, {&*first, 1});
            return match;
        }
        if (settle(match, by_earlier_name(folded))) return match;
    }
    if (wanted.kind != name) settle(match, by_other_id(folded));
    return match;
}

Namesakes GeneLookup::namesakes_of(Ordinal ordinal) const {
    const auto name = columns_.folded_names()[ordinal];
    if (!columns_.records()[ordinal].gene_name()) return {};
    const auto all = names_.equal(name);
    if (all.size() < 2) return {};
    Namesakes namesakes{.count = all.size() - 1};
    for (const auto other : primary_.first_of(all, most_others + 1)) {
        if (other == ordinal || namesakes.gene_stable_ids.size() == most_others) continue;
        namesakes.gene_stable_ids.emplace_back(columns_.records()[other].gene_stable_id());
    }
    return namesakes;
}

void GeneLookup::visit_earlier_names(std::string_view folded,
                                     const std::function<void(OtherName, Ordinal)>& visit) const {
    for (const auto& [what, number] : other_names_) {
        if (!is_earlier_name(what.kind) || !may_be(what.kind, folded)) continue;
        for (const auto gene : attributes_.genes_with(number, folded)) visit(what.kind, gene);
    }
}

// As written; else without the suffix; else whatever the versions are.
std::vector<Ordinal> GeneLookup::by_id(std::string_view gene_stable_id) const {
    const auto folded = fold(gene_stable_id);
    auto genes = ids_.equal(folded);
    if (genes.empty() && folded.contains('.')) genes = ids_.equal(fold_stable_id(folded));
    if (genes.empty()) return other_versions(folded);
    return {genes.front()};
}

std::vector<Ordinal> GeneLookup::other_versions(std::string_view folded) const {
    std::vector<Ordinal> genes;
    const auto wanted = read_version(folded);
    if (!wanted) return genes;
    std::ranges::copy(ids_.equal(wanted->unversioned()), std::back_inserter(genes));
    if (!has_versions_) return genes;
    for (const auto gene : ids_.beginning_with(std::string(wanted->stem).append("."))) {
        const auto id = read_version(columns_.folded_ids()[gene]);
        if (id && differ_in_version_alone(*id, *wanted)) genes.push_back(gene);
    }
    order(genes);
    return genes;
}

GeneLookup::Found GeneLookup::by_earlier_name(std::string_view folded) const {
    Found found;
    for (const auto& [what, number] : other_names_) {
        if (!is_earlier_name(what.kind) || !may_be(what.kind, folded)) continue;
        const auto genes = attributes_.genes_with(number, folded);
        if (!genes.empty() && !found.column) found.column = what;
        found.genes.insert(found.genes.end(), genes.begin(), genes.end());
    }
    order(found.genes);
    return found;
}

GeneLookup::Found GeneLookup::by_other_id(std::string_view folded) const {
    Found found;
    const auto collect = [&](const auto& genes_of) {
        for (const auto& [what, number] : other_names_) {
            if (is_earlier_name(what.kind) || !may_be(what.kind, folded)) continue;
            const auto genes = genes_of(number);
            if (!genes.empty() && !found.column) found.column = what;
            found.genes.insert(found.genes.end(), genes.begin(), genes.end());
        }
        order(found.genes);
        return !found.genes.empty();
    };
    const auto with = [&](std::string_view text) {
        return [&, text](std::size_t number) { return attributes_.genes_with(number, text); };
    };
    if (other_names_.empty() || collect(with(folded))) return found;
    const auto unversioned = without_version(folded);
    if (unversioned != folded && collect(with(unversioned))) return found;
    if (const auto id = read_version(folded)) {
        collect([&](std::size_t number) { return attributes_.genes_with_version_of(number, *id); });
    }
    return found;
}

MeantGenes GeneLookup::meant(std::span<const Ordinal> genes) const {
    MeantGenes meant{.count = genes.size()};
    for (const auto gene : genes | std::views::take(most_others)) {
        meant.first.push_back(label_of(columns_.records()[gene]));
    }
    return meant;
}

// False where there are no such genes and something else may be tried.
bool GeneLookup::settle(Match& match, MatchKind kind, std::span<const Ordinal> genes) const {
    if (genes.empty()) return false;
    match.kind = kind;
    if (genes.size() == 1) {
        match.record = &columns_.records()[genes.front()];
        match.namesakes = namesakes_of(genes.front());
    } else {
        match.meant = meant(genes);
    }
    return true;
}

bool GeneLookup::settle(Match& match, const Found& found) const {
    if (!found.column) return false;
    match.attribute = found.column->attribute;
    return settle(match, match_kind_of(found.column->kind), found.genes);
}

}  // namespace chr21::memory
