#include "store/sql/question/gene_list.hpp"

#include "store/sql/engine/query.hpp"
#include "store/sql/question/candidates.hpp"
#include "store/sql/question/where_clause.hpp"

#include <algorithm>
#include <limits>

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

}  // namespace chr21::sql
