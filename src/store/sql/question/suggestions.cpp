#include "store/sql/question/suggestions.hpp"

#include "store/sql/dataset/gene_lists.hpp"
#include "store/sql/dataset/posting.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/question/candidates.hpp"
#include "store/sql/question/where_clause.hpp"
#include "store/suggestion_rank.hpp"

#include <algorithm>
#include <compare>
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
             std::set<Candidate>& candidates) {
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
        if (kind) candidates.insert({*kind, suggestion_length(folded_name), gene_order});
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

SuggestedGenes best_of(Session& session,
                       const NumberedDataset& dataset,
                       const std::set<Candidate>& candidates,
                       std::uint32_t limit) {
    SuggestedGenes best;
    GeneOrders orders;
    for (const auto& [kind, length, gene_order] : candidates) {
        if (orders.size() == limit) break;
        orders.push_back(gene_order);
        best.kinds.push_back(kind);
    }
    best.selected = select_in_order(session, dataset, orders);
    attach_attributes(session, dataset, best.selected);
    return best;
}

}  // namespace

SuggestedGenes select_suggested(Session& session,
                                const NumberedDataset& dataset,
                                DatasetNames& names,
                                const std::string& folded_text,
                                std::uint32_t limit) {
    std::set<Candidate> candidates;
    if (folded_text.empty() || limit == 0) return {};
    const auto find = [&](const Sql& condition) {
        collect(session, dataset.id, condition, folded_text, candidates);
    };
    // A condition may bring up genes of worse kinds by chance: they do not count before all of
    // their kind are here.
    const auto enough = [&](SuggestionKind worst) {
        const auto is_complete = [worst](const Candidate& one) { return one.kind <= worst; };
        return std::cmp_greater_equal(std::ranges::count_if(candidates, is_complete), limit);
    };
    std::optional<GeneOrders> stored;
    const bool is_listed = dataset.has_lists && limit <= most_suggested;
    if (is_listed) stored = stored_list(session, dataset.id, folded_text);
    if (stored) {
        find(in_gene_orders(*stored));
    } else if (is_listed && folded_text.size() < shortest_unlisted_text) {
        return {};
    } else {
        find(begins("folded_name", folded_text));
        find(begins("folded_id", folded_text));
    }
    const bool is_complete = stored && folded_text.size() < shortest_unlisted_text;
    if (is_complete) return best_of(session, dataset, candidates, limit);
    if (!enough(SuggestionKind::prefix)) find(described(session, dataset, folded_text));
    if (!enough(SuggestionKind::description)) find(mistyped(session, names, folded_text));
    return best_of(session, dataset, candidates, limit);
}

}  // namespace chr21::sql
