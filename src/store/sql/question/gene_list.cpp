#include "store/sql/question/gene_list.hpp"

#include "store/sql/dataset/gene_lists.hpp"
#include "store/sql/dataset/posting.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/question/candidates.hpp"
#include "store/sql/question/posting_table.hpp"
#include "store/sql/question/where_clause.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
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

// More genes than that are not named one by one.
constexpr std::uint64_t most_listed = 1000;

Sql window_of(Sql where, const Sort& sort, Window window) {
    constexpr auto all = std::numeric_limits<std::uint64_t>::max();
    where.append(order_clause(sort))
        .append(" LIMIT ? OFFSET ?",
                {to_count(window.limit.value_or(all)), to_count(window.offset)});
    return where;
}

// A window of genes that are known by their orders.
SelectedGenes select_window(Session& session,
                            const NumberedDataset& dataset,
                            const GeneOrders& orders,
                            Window window) {
    const auto first = std::min<std::uint64_t>(window.offset, orders.size());
    const auto size = std::min<std::uint64_t>(window.limit.value(), orders.size() - first);
    const auto begin = orders.begin() + static_cast<std::ptrdiff_t>(first);
    return select_in_order(
        session, dataset, GeneOrders(begin, begin + static_cast<std::ptrdiff_t>(size)));
}

SelectedGenes select_sorted(Session& session,
                            const NumberedDataset& dataset,
                            const SortKey& key,
                            Window window) {
    const auto first = std::min(window.offset, dataset.dataset.gene_count);
    const auto last = std::min(first + window.limit.value(), dataset.dataset.gene_count);
    if (first == last) return {};
    const auto first_piece = first / genes_of_piece;
    const Sql sql{.text =
                      "SELECT gene_orders FROM gene_sort WHERE dataset_id = ? AND sort_key = ? "
                      "AND piece BETWEEN ? AND ? ORDER BY piece",
                  .values = {dataset.id,
                             number_of(key),
                             to_count(first_piece),
                             to_count((last - 1) / genes_of_piece)}};
    GeneOrders orders;
    std::string piece;
    Query query(session, sql);
    query.into(piece);
    while (query.next()) std::ranges::copy(from_list(piece), std::back_inserter(orders));
    window.offset = first - (first_piece * genes_of_piece);
    return select_window(session, dataset, orders, window);
}

// As many genes as a search or types have, so that they stand close: a page is soon full.
GeneList first_that_fit(Session& session,
                        const NumberedDataset& dataset,
                        const GeneFilter& filter,
                        Window window,
                        std::uint64_t total) {
    GeneList list{.total = total};
    if (window.offset >= total) return list;
    const auto where =
        where_clause(session.engine().words(), dataset.id, dataset.dataset.attributes, filter);
    list.page = select_genes(session, window_of(where, {}, window));
    return list;
}

// The parts of a filter that ask for gene types.
GeneFilter of_types(const GeneFilter& filter) {
    return {.gene_types = filter.gene_types, .biotypes = filter.biotypes};
}

// The gene types that a filter of_types() admits.
struct MatchingTypes {
    std::uint64_t total = 0;
    bool are_listed = true;
    GeneOrders orders;  // where all are listed
};

MatchingTypes matching_types(Session& session,
                             const NumberedDataset& dataset,
                             const GeneFilter& filter) {
    const Sql sql{.text =
                      "SELECT folded_type, gene_count, gene_orders FROM dataset_gene_type WHERE "
                      "dataset_id = ? ORDER BY type_number",
                  .values = {dataset.id}};
    std::string type;
    std::int64_t gene_count = 0;
    Nullable<std::string> list;
    MatchingTypes matching;
    Query query(session, sql);
    query.into(type, gene_count, list);
    while (query.next()) {
        const auto genes = list.take();
        if (!admits(filter, {.gene_stable_id = {}, .gene_type = type})) continue;
        matching.total += static_cast<std::uint64_t>(gene_count);
        matching.are_listed = matching.are_listed && genes;
        if (genes) std::ranges::copy(to_gene_orders(*genes), std::back_inserter(matching.orders));
    }
    std::ranges::sort(matching.orders);
    return matching;
}

GeneList list_of_types(Session& session,
                       const NumberedDataset& dataset,
                       const GeneFilter& filter,
                       Window window) {
    const auto types = matching_types(session, dataset, filter);
    if (!types.are_listed) return first_that_fit(session, dataset, filter, window, types.total);
    return {.total = types.total, .page = select_window(session, dataset, types.orders, window)};
}

GeneList list_of_short_search(Session& session,
                              const NumberedDataset& dataset,
                              const GeneFilter& filter,
                              Window window) {
    const auto term = short_term(filter.searches.front());
    const auto sizes = posting_sizes(session, dataset.id, {term});
    if (sizes.empty()) return {};
    const auto& [total, is_listed] = sizes.at(term);
    const auto count = static_cast<std::uint64_t>(total);
    if (!is_listed) return first_that_fit(session, dataset, filter, window, count);
    const auto lists = posting_lists(session, dataset.id, {term});
    return {.total = count,
            .page = select_window(session, dataset, lists.at(term).value(), window)};
}

// A page that the dataset's lists answer without reading genes before it or beside it.
std::optional<GeneList> select_listed(Session& session,
                                      const NumberedDataset& dataset,
                                      const GeneFilter& filter,
                                      const Sort& sort,
                                      Window window) {
    if (!dataset.has_lists || !window.limit || *window.limit > most_listed) return {};
    if (filter.empty() && sort.size() == 1) {
        return GeneList{.total = dataset.dataset.gene_count,
                        .page = select_sorted(session, dataset, sort.front(), window)};
    }
    if (!sort.empty() || filter.empty()) return {};
    if (filter == of_types(filter)) {
        return list_of_types(session, dataset, filter, window);
    }
    const bool is_short = filter.searches.size() == 1 && !filter.searches.front().empty() &&
                          filter.searches.front().size() < shortest_unlisted_text;
    if (is_short && filter == GeneFilter{.searches = filter.searches}) {
        return list_of_short_search(session, dataset, filter, window);
    }
    return {};
}

GeneList select_every(Session& session,
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
    return list;
}

}  // namespace

GeneList select_list(Session& session,
                     const NumberedDataset& dataset,
                     const GeneFilter& filter,
                     const Sort& sort,
                     Window window) {
    auto list = select_listed(session, dataset, filter, sort, window);
    if (!list) list = select_every(session, dataset, filter, sort, window);
    attach_attributes(session, dataset, list->page);
    return *std::move(list);
}

}  // namespace chr21::sql
