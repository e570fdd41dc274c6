#include "store/sql/question/gene_list.hpp"

#include "store/sql/engine/query.hpp"
#include "store/sql/question/candidates.hpp"
#include "store/sql/question/where_clause.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

namespace chr21::sql {
namespace {

// What SQL can count to; a window beyond it is as good as one that ends there.
std::int64_t to_count(std::uint64_t number) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min(number, most));
}

std::uint64_t count(Session& session, const Sql& where) {
    Sql sql{.text = "SELECT count(*) FROM gene"};
    sql.append(where);
    std::int64_t number = 0;
    Query(session, sql).into(number).next();
    return static_cast<std::uint64_t>(number);
}

// Genome order counts the genes without a gap, so a page of it is a range: no gene before is read.
Sql range_of(const NumberedDataset& dataset, Window window) {
    const auto first = std::min(window.offset, dataset.dataset.gene_count);
    const auto size = std::min(window.limit.value_or(dataset.dataset.gene_count),
                               dataset.dataset.gene_count - first);
    return {.text =
                " WHERE dataset_id = ? AND gene_order >= ? AND gene_order < ?"
                " ORDER BY gene_order",
            .values = {dataset.id, to_count(first), to_count(first + size)}};
}

Sql window_of(Sql where, const Sort& sort, Window window) {
    constexpr auto all = std::numeric_limits<std::uint64_t>::max();
    where.append(order_clause(sort))
        .append(" LIMIT ? OFFSET ?",
                {to_count(window.limit.value_or(all)), to_count(window.offset)});
    return where;
}

// Whether the numbers follow each other without a gap.
bool is_range(std::span<const std::uint32_t> orders) {
    return std::ranges::adjacent_find(orders, [](std::uint32_t left, std::uint32_t right) {
               return right != left + 1;
           }) == orders.end();
}

// Puts the genes where `orders` has their numbers.
SelectedGenes arranged(SelectedGenes found, std::span<const std::uint32_t> orders) {
    std::unordered_map<std::int64_t, std::size_t> places;
    for (std::size_t at = 0; at < found.orders.size(); ++at) places.emplace(found.orders[at], at);
    SelectedGenes genes;
    for (const auto order : orders) {
        const auto place = places.find(order);
        if (place == places.end()) continue;
        genes.genes.push_back(std::move(found.genes[place->second]));
        genes.orders.push_back(order);
    }
    return genes;
}

}  // namespace

GeneList select_list(Session& session,
                     const NumberedDataset& dataset,
                     const GeneFilter& filter,
                     const Sort& sort,
                     Window window) {
    GeneList list{.total = dataset.dataset.gene_count};
    if (filter.empty() && sort.empty()) {
        list.page = select_genes(session, range_of(dataset, window));
    } else {
        const auto where = narrowed_where(session, dataset, filter);
        if (!filter.empty()) list.total = count(session, where);
        if (window.offset < list.total) {
            list.page = select_genes(session, window_of(where, sort, window));
        }
    }
    attach_attributes(session, dataset, list.page);
    return list;
}

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
        genes = select_genes(session,
                             range_of(dataset, {.offset = orders.front(), .limit = orders.size()}));
    } else {
        Sql where{.text = " WHERE dataset_id = ? AND ", .values = {dataset.id}};
        where.append(in_gene_orders({orders.begin(), orders.end()}));
        genes = arranged(select_genes(session, where), orders);
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
