#include "store/sql/question/gene_portions.hpp"

#include "gene/gene.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/question/candidates.hpp"
#include "store/sql/question/where_clause.hpp"

#include <algorithm>
#include <utility>

namespace chr21::sql {
namespace {

// Whether the numbers follow each other without a gap.
bool is_range(std::span<const std::uint32_t> orders) {
    return std::ranges::adjacent_find(orders, [](std::uint32_t left, std::uint32_t right) {
               return right != left + 1;
           }) == orders.end();
}

Sql stretch(const NumberedDataset& dataset, std::span<const std::uint32_t> orders) {
    return {.text = " WHERE dataset_id = ? AND gene_order BETWEEN ? AND ? ORDER BY gene_order",
            .values = {dataset.id, std::int64_t{orders.front()}, std::int64_t{orders.back()}}};
}

}  // namespace

std::vector<std::uint32_t> select_orders(Session& session,
                                         const NumberedDataset& dataset,
                                         const GeneFilter& filter,
                                         const Sort& sort) {
    Sql sql{.text = "SELECT gene_order FROM gene"};
    sql.append(narrowed_where(session, dataset, filter)).append(order_clause(sort));
    std::int64_t order = 0;
    Query query(session, sql);
    query.into(order);
    std::vector<std::uint32_t> orders;
    while (query.next()) orders.push_back(static_cast<std::uint32_t>(order));
    return orders;
}

SelectedGenes select_portion(Session& session,
                             const NumberedDataset& dataset,
                             std::span<const std::uint32_t> orders) {
    if (orders.empty()) return {};
    SelectedGenes genes;
    if (is_range(orders)) {
        genes = select_genes(session, stretch(dataset, orders));
    } else {
        genes = select_in_order(session, dataset, {orders.begin(), orders.end()});
    }
    attach_attributes(session, dataset, genes);
    return genes;
}

std::vector<std::string> select_placed_chromosomes(Session& session,
                                                   const NumberedDataset& dataset,
                                                   const GeneFilter& filter) {
    Sql sql{.text = "SELECT DISTINCT chromosome FROM gene"};
    sql.append(narrowed_where(session, dataset, filter))
        .append(" AND chromosome IS NOT NULL AND gene_start IS NOT NULL AND gene_end IS NOT NULL");
    std::string name;
    Query query(session, sql);
    query.into(name);
    std::vector<std::string> names;
    while (query.next()) names.push_back(std::exchange(name, {}));
    std::ranges::sort(names, chromosome_before);
    return names;
}

}  // namespace chr21::sql
