#include "gene/fold.hpp"
#include "gene/region.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/database.hpp"
#include "store/sql/gene_table.hpp"
#include "store/sql/migrations.hpp"
#include "store/sql/query.hpp"
#include "store/sql/suggestions.hpp"
#include "store/sql/where_clause.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace chr21::sql {
namespace {

constexpr std::size_t connections = 4;

// What SQL can count to; a window beyond it is as good as one that ends there.
std::int64_t to_count(std::uint64_t number) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min(number, most));
}

Sql limited(Sql sql, Window window) {
    constexpr auto all = std::numeric_limits<std::uint64_t>::max();
    sql.append(" LIMIT ? OFFSET ?",
               {to_count(window.limit.value_or(all)), to_count(window.offset)});
    return sql;
}

std::uint64_t count(soci::session& session, const Sql& where) {
    Sql sql{.text = "SELECT count(*) FROM gene"};
    sql.append(where);
    std::int64_t number = 0;
    Query(session, sql).into(number).next();
    return static_cast<std::uint64_t>(number);
}

// The three places around a gene, as the gene's chromosome runs.
struct Around {
    std::vector<Gene> overlapping;
    std::vector<Gene> before;
    std::vector<Gene> after;
};

Around select_around(soci::session& session,
                     const Sql& where,
                     const Region& place,
                     std::uint32_t limit) {
    const auto select =
        [&](std::string_view condition, std::vector<SqlValue> values, std::string_view order) {
            auto sql = where;
            sql.append(condition, std::move(values)).append(order);
            return select_genes(session, limited(std::move(sql), {.limit = limit}));
        };
    return {.overlapping = select(" AND gene_start <= ? AND gene_end >= ?",
                                  {place.last(), place.first()},
                                  " ORDER BY gene_order"),
            .before = select(" AND gene_end < ? AND gene_start IS NOT NULL",
                             {place.first()},
                             " ORDER BY gene_end DESC, gene_order"),
            .after = select(" AND gene_start > ? AND gene_end IS NOT NULL",
                            {place.last()},
                            " ORDER BY gene_start, gene_order")};
}

Position distance(const Region& place, const std::optional<Region>& other) {
    if (!other || other->overlaps(place)) return 0;
    return other->last() < place.first() ? place.first() - other->last()
                                         : other->first() - place.last();
}

class SqlStore final : public GeneStore {
public:
    SqlStore(DatabaseUrl url, Represent represent)
        : url_(std::move(url)), represent_(represent), pool_(connections) {
        for (std::size_t i = 0; i < connections; ++i) {
            connect(pool_.at(i), url_, Access::read_only);
        }
        require_usable(pool_.at(0), url_, built_in_migrations(url_.engine));
        auto active = read_active(pool_.at(0));
        if (!active) throw StoreUnavailable(describe(url_) + ": no dataset has been stored in it");
        active_ = std::move(*active);
    }

    const Dataset& dataset() const override { return active_.dataset; }

    FoundGene find(std::string_view gene_stable_id) const override {
        const auto as_written = find_first(" AND folded_id = ?", fold(gene_stable_id));
        return as_written ? as_written
                          : find_first(" AND folded_id = ?", fold_stable_id(gene_stable_id));
    }

    FoundGene find_by_name(std::string_view gene_name) const override {
        return find_first(" AND folded_name = ?", fold(gene_name));
    }

    GenePage list(const GeneFilter& filter, const Sort& sort, Window window) const override {
        const auto where = where_clause(active_.id, filter);
        auto rest = where;
        rest.append(order_clause(sort));
        return ask([&](soci::session& session) {
            const auto total = filter.empty() ? active_.dataset.gene_count : count(session, where);
            auto records = to_records(select_genes(session, limited(std::move(rest), window)));
            return GenePage{.total = total, .genes = pointers(records->all()), .keep = records};
        });
    }

    Neighbors neighbors(const Gene& gene,
                        const GeneFilter& filter,
                        std::uint32_t limit) const override {
        const auto place = region_of(gene);
        if (!place) return {};
        auto where = where_clause(active_.id, filter);
        where.append(" AND gene_stable_id <> ? AND chromosome = ?",
                     {gene.gene_stable_id, place->chromosome()});
        auto around = ask(
            [&](soci::session& session) { return select_around(session, where, *place, limit); });
        if (gene.strand == Strand::reverse) std::swap(around.before, around.after);
        return to_neighbors(*place, around);
    }

    Suggestions suggest(std::string_view text, std::uint32_t limit) const override {
        return ask([&](soci::session& session) {
            const auto found = select_suggested(session, active_.id, fold(text), limit);
            std::vector<Gene> genes;
            genes.reserve(found.size());
            for (const auto& [gene_order, kind] : found) {
                genes.push_back(select_one(session, " AND gene_order = ?", gene_order).at(0));
            }
            const auto records = to_records(std::move(genes));
            Suggestions suggestions{.keep = records};
            for (std::size_t i = 0; i < found.size(); ++i) {
                suggestions.genes.push_back({.record = &records->all()[i], .kind = found[i].kind});
            }
            return suggestions;
        });
    }

    std::vector<ChromosomeCount> chromosomes() const override {
        return ask([&](soci::session& session) {
            const Sql sql{.text =
                              "SELECT chromosome, count(*) FROM gene WHERE dataset_id = ? AND "
                              "chromosome IS NOT NULL GROUP BY chromosome "
                              "ORDER BY min(gene_order)",
                          .values = {active_.id}};
            std::string chromosome;
            std::int64_t genes = 0;
            Query query(session, sql);
            query.into(chromosome, genes);
            std::vector<ChromosomeCount> counts;
            while (query.next()) counts.push_back({chromosome, static_cast<std::uint64_t>(genes)});
            return counts;
        });
    }

private:
    // Answers a question in one short transaction on a connection of the pool.
    template <class Question>
    auto ask(Question question) const -> std::invoke_result_t<Question, soci::session&> {
        return on_database(url_, [&] {
            soci::session session(pool_);
            Transaction transaction(session, url_, Transaction::Kind::reading);
            auto answer = question(session);
            transaction.commit();
            return answer;
        });
    }

    std::vector<Gene> select_one(soci::session& session,
                                 std::string_view condition,
                                 SqlValue value) const {
        Sql sql{.text = " WHERE dataset_id = ?", .values = {active_.id}};
        sql.append(condition, {std::move(value)}).append(" ORDER BY gene_order LIMIT 1");
        return select_genes(session, sql);
    }

    FoundGene find_first(std::string_view condition, SqlValue value) const {
        return ask([&](soci::session& session) -> FoundGene {
            const auto records = to_records(select_one(session, condition, std::move(value)));
            if (records->all().empty()) return {};
            return {.record = &records->all().front(), .keep = records};
        });
    }

    KeepAlive to_records(std::vector<Gene> genes) const {
        return std::make_shared<const GeneRecords>(std::move(genes), represent_);
    }

    static std::vector<const GeneRecord*> pointers(std::span<const GeneRecord> records) {
        std::vector<const GeneRecord*> all;
        all.reserve(records.size());
        for (const auto& record : records) all.push_back(&record);
        return all;
    }

    Neighbors to_neighbors(const Region& place, const Around& around) const {
        std::vector<Gene> genes;
        for (const auto* side : {&around.overlapping, &around.before, &around.after}) {
            std::ranges::copy(*side, std::back_inserter(genes));
        }
        const auto records = to_records(std::move(genes));
        Neighbors neighbors{.keep = records};
        auto record = records->all().begin();
        const auto fill = [&](std::vector<Neighbor>& side, std::size_t count) {
            for (; side.size() < count; ++record) {
                side.push_back({&*record, distance(place, region_of(record->gene))});
            }
        };
        fill(neighbors.overlapping, around.overlapping.size());
        fill(neighbors.upstream, around.before.size());
        fill(neighbors.downstream, around.after.size());
        return neighbors;
    }

    DatabaseUrl url_;
    Represent represent_;
    mutable soci::connection_pool pool_;
    NumberedDataset active_;
};

}  // namespace

std::unique_ptr<const GeneStore> open_sql_store(const DatabaseUrl& url, Represent represent) {
    return on_database(url, [&] { return std::make_unique<const SqlStore>(url, represent); });
}

}  // namespace chr21::sql
