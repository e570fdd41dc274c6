#include "store/sql/question/posting_table.hpp"

#include "store/sql/engine/query.hpp"

#include <string>
#include <string_view>

namespace chr21::sql {
namespace {

Sql select_postings(std::string_view columns,
                    std::int64_t dataset_id,
                    const std::vector<Term>& terms) {
    std::string numbers;
    for (const auto term : terms) {
        numbers.append(numbers.empty() ? "" : ", ").append(std::to_string(term));
    }
    Sql sql{"SELECT "};
    return sql.append(columns)
        .append(" FROM gene_posting WHERE dataset_id = ? AND term IN (", {dataset_id})
        .append(numbers)
        .append(")");
}

}  // namespace

std::map<Term, PostingSize> posting_sizes(Session& session,
                                          std::int64_t dataset_id,
                                          const std::vector<Term>& terms) {
    std::map<Term, PostingSize> sizes;
    if (terms.empty()) return sizes;
    const auto sql = select_postings(
        "term, gene_count, CASE WHEN gene_orders IS NULL THEN 0 ELSE 1 END", dataset_id, terms);
    Term term = 0;
    std::int64_t gene_count = 0;
    std::int64_t is_listed = 0;
    Query query(session, sql);
    query.into(term, gene_count, is_listed);
    while (query.next()) sizes[term] = {.gene_count = gene_count, .is_listed = is_listed != 0};
    return sizes;
}

std::map<Term, std::optional<GeneOrders>> posting_lists(Session& session,
                                                        std::int64_t dataset_id,
                                                        const std::vector<Term>& terms) {
    std::map<Term, std::optional<GeneOrders>> lists;
    if (terms.empty()) return lists;
    const auto sql = select_postings("term, gene_orders", dataset_id, terms);
    Term term = 0;
    Nullable<std::string> gene_orders;
    Query query(session, sql);
    query.into(term, gene_orders);
    while (query.next()) {
        auto& orders = lists[term];
        if (const auto list = gene_orders.take()) orders = to_gene_orders(*list);
    }
    return lists;
}

}  // namespace chr21::sql
