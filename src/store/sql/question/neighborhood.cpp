#include "store/sql/question/neighborhood.hpp"

#include "store/sql/engine/query.hpp"
#include "store/sql/question/candidates.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>
#include <vector>

namespace chr21::sql {
namespace {

// Genome order runs by start, so what lies after a place is met in it one by one. What ended last
// before the place may have begun anywhere, and is found in two steps.
class Surroundings {
public:
    Surroundings(Session& session,
                 const NumberedDataset& dataset,
                 const GeneFilter& filter,
                 const Region& place,
                 const std::string& own_id)
        : session_(session),
          dataset_(dataset),
          place_(place),
          own_order_(order_of(own_id)),
          where_(narrowed_where(session, dataset, filter)) {
        where_.append(" AND gene_order <> ? AND chromosome = ?", {own_order_, place.chromosome()});
        const auto found = std::ranges::find(
            dataset.chromosomes, place.chromosome(), &ChromosomeGenes::chromosome);
        if (found == dataset.chromosomes.end()) return;
        where_.append(" AND gene_order >= ? AND gene_order < ?",
                      {found->first_order, found->first_order + found->count});
    }

    SelectedGenes overlapping(std::uint32_t limit) const {
        return select(over(place_).append(" ORDER BY gene_order LIMIT ?", {limit}));
    }

    SelectedGenes after(std::uint32_t limit) const {
        return select({.text = " AND gene_order > ? AND gene_start > ? AND gene_end IS NOT NULL "
                               "ORDER BY gene_order LIMIT ?",
                       .values = {own_order_, place_.last(), limit}});
    }

    // Of what ends before the place, the genes that begin nearest to it, and the longer ones that
    // end no earlier than all of those: they lie over the base on which the first of those ends.
    SelectedGenes before(std::uint32_t limit) const {
        auto genes =
            select({.text = " AND gene_order < ? AND gene_start IS NOT NULL AND gene_end < ? "
                            "ORDER BY gene_order DESC LIMIT ?",
                    .values = {own_order_, place_.first(), limit}});
        if (limit == 0 || genes.genes.size() < limit) return latest(std::move(genes), limit);
        const auto end = std::ranges::min(genes.genes, {}, &Gene::gene_end).gene_end.value();
        auto over_end = over(Region::make(place_.chromosome(), end, end).value());
        over_end.append(" AND gene_order < ? AND gene_end < ?",
                        {genes.orders.back(), place_.first()});
        auto longer = select(over_end);
        std::ranges::move(longer.genes, std::back_inserter(genes.genes));
        std::ranges::move(longer.orders, std::back_inserter(genes.orders));
        return latest(std::move(genes), limit);
    }

private:
    std::int64_t order_of(const std::string& gene_stable_id) const {
        const Sql sql{.text =
                          "SELECT gene_order FROM gene WHERE dataset_id = ? AND folded_id = ? AND "
                          "gene_stable_id = ?",
                      .values = {dataset_.id, fold(gene_stable_id), gene_stable_id}};
        std::int64_t order = -1;
        Query query(session_, sql);
        query.into(order);
        query.next();
        return order;
    }

    Sql over(const Region& region) const {
        Sql condition{.text = " AND gene_start <= ? AND gene_end >= ?",
                      .values = {region.last(), region.first()}};
        if (const auto few = find_candidates(session_, dataset_, {.regions = {region}})) {
            condition.append(" AND ").append(among(*few));
        }
        return condition;
    }

    SelectedGenes select(const Sql& condition) const {
        auto sql = where_;
        return select_genes(session_, sql.append(condition));
    }

    // Those that end last, the last first.
    static SelectedGenes latest(SelectedGenes genes, std::size_t limit) {
        std::vector<std::size_t> places(genes.genes.size());
        std::ranges::copy(std::views::iota(std::size_t{0}, places.size()), places.begin());
        std::ranges::sort(places, [&](std::size_t left, std::size_t right) {
            const auto left_end = genes.genes[left].gene_end;
            const auto right_end = genes.genes[right].gene_end;
            if (left_end != right_end) return left_end > right_end;
            return genes.orders[left] < genes.orders[right];
        });
        places.resize(std::min(places.size(), limit));
        SelectedGenes sorted;
        for (const auto place : places) {
            sorted.genes.push_back(std::move(genes.genes[place]));
            sorted.orders.push_back(genes.orders[place]);
        }
        return sorted;
    }

    Session& session_;
    const NumberedDataset& dataset_;
    const Region& place_;
    std::int64_t own_order_;
    Sql where_;
};

}  // namespace

Neighborhood select_neighborhood(Session& session,
                                 const NumberedDataset& dataset,
                                 const GeneFilter& filter,
                                 const Region& place,
                                 const std::string& without_id,
                                 std::uint32_t limit) {
    const Surroundings around(session, dataset, filter, place, without_id);
    Neighborhood found{.overlapping = around.overlapping(limit),
                       .before = around.before(limit),
                       .after = around.after(limit)};
    for (auto* side : {&found.overlapping, &found.before, &found.after}) {
        attach_attributes(session, dataset, *side);
    }
    return found;
}

}  // namespace chr21::sql
