#include "store/sql/suggestions.hpp"

#include "store/sql/query.hpp"
#include "store/sql/where_clause.hpp"
#include "store/suggestion_rank.hpp"

#include <algorithm>
#include <compare>
#include <iterator>
#include <set>

namespace chr21::sql {
namespace {

// In the order that suggestions come in.
struct Candidate {
    SuggestionKind kind = SuggestionKind::exact;
    std::size_t length = 0;
    std::int64_t gene_order = 0;

    friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

// Genes that may complete the text: at least all those of some kinds of suggestion.
std::vector<Sql> candidate_conditions(const std::string& text) {
    const auto bytes = static_cast<std::int64_t>(text.size());
    std::vector<Sql> conditions{
        {.text = "(instr(folded_id, ?) = 1 OR instr(folded_name, ?) = 1)", .values = {text, text}},
        {.text = "instr(folded_description, ?) > 0", .values = {text}}};
    if (text.size() >= shortest_typo_text) {
        conditions.push_back(
            {.text = "folded_name_bytes BETWEEN ? AND ?", .values = {bytes - 1, bytes + 1}});
    }
    return conditions;
}

void collect(soci::session& session,
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

}  // namespace

std::vector<Suggested> select_suggested(soci::session& session,
                                        std::int64_t dataset_id,
                                        const std::string& folded_text,
                                        std::uint32_t limit) {
    std::set<Candidate> candidates;
    if (folded_text.empty()) return {};
    // Better kinds first: once they fill the limit, worse ones need not be looked for.
    for (const auto& condition : candidate_conditions(folded_text)) {
        if (candidates.size() < limit) {
            collect(session, dataset_id, condition, folded_text, candidates);
        }
    }
    std::vector<Suggested> best;
    for (const auto& [kind, length, gene_order] : candidates) {
        if (best.size() == limit) break;
        best.push_back({.gene_order = gene_order, .kind = kind});
    }
    return best;
}

}  // namespace chr21::sql
