#include "store/sql/question/suggestions.hpp"

#include "store/sql/engine/query.hpp"
#include "store/sql/question/candidates.hpp"
#include "store/sql/question/where_clause.hpp"
#include "store/suggestion_rank.hpp"

#include <algorithm>
#include <array>
#include <compare>
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

// Each finds at least all genes of some kinds of suggestion: the first two together those of the
// best kinds, and then worse ones.
using FindCondition = Sql (*)(Session&, const NumberedDataset&, const std::string&);

constexpr std::array<FindCondition, 4> conditions{
    [](Session& /*session*/, const NumberedDataset& /*dataset*/, const std::string& text) {
        return begins("folded_name", text);
    },
    [](Session& /*session*/, const NumberedDataset& /*dataset*/, const std::string& text) {
        return begins("folded_id", text);
    },
    described,
    [](Session& /*session*/, const NumberedDataset& /*dataset*/, const std::string& text) {
        const auto bytes = static_cast<std::int64_t>(text.size());
        if (text.size() < shortest_typo_text) return Sql{"1 = 0"};
        return Sql{.text = "folded_name_bytes BETWEEN ? AND ?", .values = {bytes - 1, bytes + 1}};
    }};

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

SelectedGenes select_in_this_order(Session& session,
                                   const NumberedDataset& dataset,
                                   const std::vector<std::int64_t>& orders) {
    if (orders.empty()) return {};
    Sql rest{.text = " WHERE dataset_id = ? AND ", .values = {dataset.id}};
    auto found = select_genes(session, rest.append(in_gene_orders(orders)));
    attach_attributes(session, dataset, found);
    SelectedGenes ordered{.orders = orders};
    for (const auto order : orders) {
        const auto at = std::ranges::find(found.orders, order) - found.orders.begin();
        ordered.genes.push_back(std::move(found.genes.at(static_cast<std::size_t>(at))));
    }
    return ordered;
}

}  // namespace

SuggestedGenes select_suggested(Session& session,
                                const NumberedDataset& dataset,
                                const std::string& folded_text,
                                std::uint32_t limit) {
    std::set<Candidate> candidates;
    if (folded_text.empty() || limit == 0) return {};
    for (std::size_t step = 0; step < conditions.size(); ++step) {
        if (step > 1 && candidates.size() >= limit) break;
        const auto condition = conditions.at(step)(session, dataset, folded_text);
        collect(session, dataset.id, condition, folded_text, candidates);
    }
    SuggestedGenes best;
    std::vector<std::int64_t> orders;
    for (const auto& [kind, length, gene_order] : candidates) {
        if (orders.size() == limit) break;
        orders.push_back(gene_order);
        best.kinds.push_back(kind);
    }
    best.selected = select_in_this_order(session, dataset, orders);
    return best;
}

}  // namespace chr21::sql
