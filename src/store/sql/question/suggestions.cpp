#include "store/sql/question/suggestions.hpp"

#include "gene/other_names.hpp"
#include "store/sql/dataset/gene_lists.hpp"
#include "store/sql/dataset/posting.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/question/candidates.hpp"
#include "store/sql/question/named_genes.hpp"
#include "store/sql/question/where_clause.hpp"
#include "store/suggestion_rank.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace chr21::sql {
namespace {

// In the order that suggestions come in.
struct Candidate {
    SuggestionKind kind = SuggestionKind::exact;
    std::size_t length = 0;
    std::int64_t gene_order = 0;

    friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

// Each gene once, with its best kind.
class Candidates {
public:
    void add(const Candidate& one) {
        auto& best = by_gene_.try_emplace(one.gene_order, one).first->second;
        best = std::min(best, one);
    }

    bool has(std::uint32_t limit, SuggestionKind worst) const {
        const auto fits = [worst](const auto& entry) { return entry.second.kind <= worst; };
        return std::cmp_greater_equal(std::ranges::count_if(by_gene_, fits), limit);
    }

    std::vector<Candidate> best(std::uint32_t limit) const {
        std::vector<Candidate> all;
        all.reserve(by_gene_.size());
        for (const auto& [gene_order, one] : by_gene_) all.push_back(one);
        std::ranges::sort(all);
        if (all.size() > limit) all.resize(limit);
        return all;
    }

private:
    std::map<std::int64_t, Candidate> by_gene_;
};

// Names and IDs that begin with the text. No character comes after U+10FFFF.
Sql begins(std::string_view column, const std::string& text) {
    Sql sql;
    return sql.append(column).append(" BETWEEN ? AND ?", {text, text + "\xF4\x8F\xBF\xBF"});
}

Sql described(Session& session, const NumberedDataset& dataset, const std::string& text) {
    const GeneFilter filter{.searches = {text}, .search_in = {"gene_description"}};
    if (const auto few = find_candidates(session, dataset, filter)) return among(*few);
    Sql sql;
    return sql.append(session.engine().words().position_of)
        .append("(folded_description, ?) > 0", {text});
}

// The genes whose name is one typo away.
Sql mistyped(Session& session, DatasetNames& names, const std::string& text) {
    Sql sql{"folded_name IN (NULL"};
    for (const auto& near : names.near(session, text)) sql.append(", ?", {near.folded_name});
    return sql.append(")");
}

void collect(Session& session,
             std::int64_t dataset_id,
             const Sql& condition,
             const std::string& text,
             Candidates& candidates) {
    Sql sql{.text =
                "SELECT gene_order, folded_id, folded_name, folded_description "
                "FROM gene WHERE dataset_id = ? AND ",
            .values = {dataset_id}};
    sql.append(condition);
    std::int64_t gene_order = 0;
    std::string id;
    Nullable<std::string> name;
    Nullable<std::string> description;
    Query query(session, sql);
    query.into(gene_order, id, name, description);
    while (query.next()) {
        const auto folded_name = name.take().value_or("");
        const auto kind = suggestion_kind(text, id, folded_name, description.take().value_or(""));
        if (kind) candidates.add({*kind, suggestion_length(folded_name), gene_order});
    }
}

// The best genes for a text that very many begin with, or that is very short; absent where the
// dataset has no list of it.
std::optional<GeneOrders> stored_list(Session& session,
                                      std::int64_t dataset_id,
                                      const std::string& text) {
    const Sql sql{.text =
                      "SELECT gene_orders FROM suggestion_list WHERE dataset_id = ? AND "
                      "folded_text = ?",
                  .values = {dataset_id, text}};
    std::string list;
    if (!Query(session, sql).into(list).next()) return {};
    return to_gene_orders(list);
}

// The genes of which the text is an earlier name or a synonym.
void collect_earlier_names(Session& session,
                           const NumberedDataset& dataset,
                           const std::string& text,
                           Candidates& candidates) {
    std::map<std::size_t, SuggestionKind> kinds;
    std::set<ValueOf> values;
    for (const auto& [attribute, kind] : other_names_of(dataset.dataset)) {
        if (!is_earlier_name(kind) || !may_be(kind, text)) continue;
        const bool is_previous = kind == OtherName::previous_name;
        kinds[attribute] = is_previous ? SuggestionKind::previous_name : SuggestionKind::synonym;
        values.insert({attribute, text});
    }
    const auto genes = genes_of_values(session, dataset, values);
    GeneOrders all;
    for (const auto& [value, orders] : genes) all.insert(all.end(), orders.begin(), orders.end());
    if (all.empty()) return;
    Sql sql{.text = "SELECT gene_order, folded_name FROM gene WHERE dataset_id = ? AND ",
            .values = {dataset.id}};
    std::int64_t gene_order = 0;
    Nullable<std::string> name;
    Query query(session, sql.append(in_gene_orders(all)));
    query.into(gene_order, name);
    while (query.next()) {
        const auto length = suggestion_length(name.take().value_or(""));
        for (const auto& [value, orders] : genes) {
            if (!std::ranges::binary_search(orders, gene_order)) continue;
            candidates.add({kinds.at(value.attribute), length, gene_order});
        }
    }
}

SuggestedGenes best_of(Session& session,
                       const NumberedDataset& dataset,
                       const PrimaryGenes& primary,
                       const Candidates& candidates,
                       std::uint32_t limit) {
    SuggestedGenes best;
    GeneOrders orders;
    for (const auto& [kind, length, gene_order] : candidates.best(limit)) {
        orders.push_back(gene_order);
        best.kinds.push_back(kind);
    }
    best.selected = select_in_order(session, dataset, orders);
    attach_attributes(session, dataset, best.selected);
    best.namesakes = select_namesakes(session, dataset, primary, best.selected);
    return best;
}

}  // namespace

SuggestedGenes select_suggested(Session& session,
                                const NumberedDataset& dataset,
                                DatasetNames& names,
                                const PrimaryGenes& primary,
                                const std::string& folded_text,
                                std::uint32_t limit) {
    Candidates candidates;
    if (folded_text.empty() || limit == 0) return {};
    const auto find = [&](const Sql& condition) {
        collect(session, dataset.id, condition, folded_text, candidates);
    };
    // A condition may bring up genes of worse kinds by chance: they do not count before all of
    // their kind are here.
    const auto enough = [&](SuggestionKind worst) { return candidates.has(limit, worst); };
    std::optional<GeneOrders> stored;
    const bool is_listed = dataset.has_lists && limit <= most_suggested;
    if (is_listed) stored = stored_list(session, dataset.id, folded_text);
    // What is stored of a short text, or that nothing is, tells of all kinds that it can have but
    // earlier names.
    const bool is_complete = is_listed && folded_text.size() < shortest_unlisted_text;
    if (stored) {
        find(in_gene_orders(*stored));
    } else if (!is_complete) {
        find(begins("folded_name", folded_text));
        find(begins("folded_id", folded_text));
    }
    if (!enough(SuggestionKind::prefix)) {
        collect_earlier_names(session, dataset, folded_text, candidates);
    }
    if (!is_complete && !enough(SuggestionKind::synonym)) {
        find(described(session, dataset, folded_text));
    }
    if (!is_complete && !enough(SuggestionKind::description)) {
        find(mistyped(session, names, folded_text));
    }
    return best_of(session, dataset, primary, candidates, limit);
}

}  // namespace chr21::sql
