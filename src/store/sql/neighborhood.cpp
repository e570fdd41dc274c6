#include "store/sql/neighborhood.hpp"

#include "store/sql/candidates.hpp"

#include <string_view>

namespace chr21::sql {

Neighborhood select_neighborhood(soci::session& session,
                                 const NumberedDataset& dataset,
                                 const GeneFilter& filter,
                                 const Region& place,
                                 const std::string& without_id,
                                 std::uint32_t limit) {
    auto where = narrowed_where(session, dataset, filter);
    where.append(" AND gene_stable_id <> ? AND chromosome = ?", {without_id, place.chromosome()});
    const auto select = [&](const Sql& condition, std::string_view order) {
        auto sql = where;
        sql.append(" AND ").append(condition).append(" ORDER BY ").append(order);
        auto genes = select_genes(session, sql.append(" LIMIT ?", {limit}));
        attach_attributes(session, dataset, genes);
        return genes;
    };
    Sql over{.text = "gene_start <= ? AND gene_end >= ?", .values = {place.last(), place.first()}};
    if (const auto few = find_candidates(session, dataset, {.regions = {place}})) {
        over.append(" AND ").append(in_gene_orders(*few));
    }
    return {.overlapping = select(over, "gene_order"),
            .before = select({"gene_end < ? AND gene_start IS NOT NULL", {place.first()}},
                             "gene_end DESC, gene_order"),
            .after = select({"gene_start > ? AND gene_end IS NOT NULL", {place.last()}},
                            "gene_start, gene_order")};
}

}  // namespace chr21::sql
