#include "store/sql/sql_store.hpp"

#include "gene/primary_chromosome.hpp"
#include "gene/region.hpp"
#include "gene/stable_id.hpp"
#include "store/primary_genes.hpp"
#include "store/sql/database_file.hpp"
#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/dataset/migrations.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/gene_cursor.hpp"
#include "store/sql/question/advice.hpp"
#include "store/sql/question/connections.hpp"
#include "store/sql/question/gene_list.hpp"
#include "store/sql/question/gene_lookup.hpp"
#include "store/sql/question/gene_types.hpp"
#include "store/sql/question/name_list.hpp"
#include "store/sql/question/named_genes.hpp"
#include "store/sql/question/neighborhood.hpp"
#include "store/sql/question/suggestions.hpp"
#include "store/sql/question/where_clause.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace chr21::sql {
namespace {

Position distance(const Region& place, const std::optional<Region>& other) {
    if (!other || other->overlaps(place)) return 0;
    return other->last() < place.first() ? place.first() - other->last()
                                         : other->first() - place.last();
}

bool is_empty(const SelectedGenes& found) { return found.genes.empty(); }
bool is_empty(const LookedUpGenes& found) {
    return std::ranges::all_of(found.all,
                               [](const auto& one) { return one.match.kind == MatchKind::none; });
}
bool is_empty(const GeneList& found) { return found.page.genes.empty(); }
bool is_empty(const SuggestedGenes& found) { return found.selected.genes.empty(); }
bool is_empty(const std::vector<ChromosomeCount>& found) { return found.empty(); }
bool is_empty(const std::vector<std::string>& found) { return found.empty(); }
bool is_empty(const Neighborhood& found) {
    return is_empty(found.overlapping) && is_empty(found.before) && is_empty(found.after);
}

std::vector<ChromosomeCount> select_chromosomes(Session& session, const NumberedDataset& dataset) {
    const Sql sql{.text = dataset.chromosomes.empty()
                              ? "SELECT chromosome, count(*) FROM gene WHERE dataset_id = ? AND "
                                "chromosome IS NOT NULL GROUP BY chromosome ORDER BY "
                                "min(gene_order)"
                              : "SELECT chromosome, gene_count FROM dataset_chromosome WHERE "
                                "dataset_id = ? ORDER BY first_gene_order",
                  .values = {dataset.id}};
    std::string chromosome;
    std::int64_t genes = 0;
    Query query(session, sql);
    query.into(chromosome, genes);
    std::vector<ChromosomeCount> counts;
    while (query.next()) counts.push_back({chromosome, static_cast<std::uint64_t>(genes)});
    return counts;
}

class SqlStore final : public GeneStore {
public:
    SqlStore(const DatabaseAccess& place, Represent represent, const SqlStoreSettings& settings)
        : place_(describe(place.url)),
          represent_(represent),
          connections_(place, settings.connections, settings.patience) {
        dataset_ = connections_.ask([&](Session& session) {
            require_usable(session, built_in_migrations(place.url.engine));
            return require_dataset(session, place_, settings.dataset_id);
        });
        names_ = std::make_unique<DatasetNames>(dataset_.id);
        if (settings.karyotype_of != nullptr) {
            karyotype_ = settings.karyotype_of(dataset_.dataset.assembly);
        }
    }

    const Dataset& dataset() const override { return dataset_.dataset; }

    FoundGene find(std::string_view gene_stable_id) const override {
        const auto as_written = fold(gene_stable_id);
        auto found = ask([&](Session& session) {
            return select(session,
                          {.text = " AND folded_id IN (?, ?)",
                           .values = {as_written, fold_stable_id(gene_stable_id)}});
        });
        if (found.genes.empty() && dataset_.has_lists && read_version(as_written)) {
            return found_one({.kind = Wanted::Kind::id, .text = as_written}, MatchKind::stable_id);
        }
        std::ranges::sort(found.genes, [&](const Gene& left, const Gene& right) {
            const bool left_differs = fold(left.gene_stable_id) != as_written;
            const bool right_differs = fold(right.gene_stable_id) != as_written;
            if (left_differs != right_differs) return right_differs;
            return genome_before(left, right);
        });
        return first_of(to_records(std::move(found)));
    }

    FoundGene find_by_name(std::string_view gene_name) const override {
        auto found = ask([&](Session& session) {
            return select(session,
                          {.text = " AND folded_name = ? ORDER BY gene_order LIMIT 2",
                           .values = {fold(gene_name)}});
        });
        if (found.genes.size() > 1) {
            return found_one({.kind = Wanted::Kind::name, .text = std::string(gene_name)},
                             MatchKind::name);
        }
        return first_of(to_records(std::move(found)));
    }

    Matches look_up(std::span<const Wanted> wanted) const override {
        return to_matches(ask([&](Session& session) {
            return look_up_genes(session, dataset_, primary(session), wanted);
        }));
    }

    std::vector<Advice> nearest(std::span<const Wanted> missed) const override {
        return connections_.ask(
            [&](Session& session) { return select_advice(session, dataset_, *names_, missed); });
    }

    // In one short transaction. That the dataset was there has just been found out.
    Explanation explain(const Wanted& missed) const override {
        const Wanted any{.kind = Wanted::Kind::any, .text = missed.text};
        std::vector<Advice> advice(1);
        auto found = connections_.ask([&](Session& session) {
            auto looked_up = look_up_genes(session, dataset_, primary(session), {&any, 1});
            if (!is_known_otherwise(looked_up.all.front().match)) {
                advice = select_advice(session, dataset_, *names_, {&missed, 1});
            }
            return looked_up;
        });
        return {.matches = to_matches(std::move(found)), .advice = std::move(advice.front())};
    }

    GenePage list(const GeneFilter& filter, const Sort& sort, Window window) const override {
        auto found = ask(
            [&](Session& session) { return select_list(session, dataset_, filter, sort, window); });
        const auto records = to_records(std::move(found.page));
        return {.total = found.total, .genes = pointers(records->all()), .keep = records};
    }

    std::unique_ptr<GeneCursor> cursor(const GeneFilter& filter, const Sort& sort) const override {
        return open_cursor({connections_, dataset_, place_, represent_}, filter, sort);
    }

    Neighbors neighbors(const Gene& gene,
                        const GeneFilter& filter,
                        std::uint32_t limit) const override {
        const auto place = region_of(gene);
        if (!place) return {};
        auto around = ask([&](Session& session) {
            return select_neighborhood(
                session, dataset_, filter, *place, gene.gene_stable_id, limit);
        });
        if (gene.strand == Strand::reverse) std::swap(around.before, around.after);
        return to_neighbors(*place, std::move(around));
    }

    Suggestions suggest(std::string_view text, std::uint32_t limit) const override {
        auto found = ask([&](Session& session) {
            return select_suggested(
                session, dataset_, *names_, primary(session), fold(text), limit);
        });
        const auto records = to_records(std::move(found.selected));
        Suggestions suggestions{.keep = records};
        for (std::size_t i = 0; i < found.kinds.size(); ++i) {
            suggestions.genes.push_back({.record = &records->all()[i],
                                         .kind = found.kinds[i],
                                         .namesakes = std::move(found.namesakes[i])});
        }
        return suggestions;
    }

    // Counted once: the genes of a dataset do not change.
    std::vector<ChromosomeCount> chromosomes() const override {
        const std::scoped_lock lock(chromosomes_mutex_);
        if (!chromosomes_) {
            chromosomes_ =
                ask([&](Session& session) { return select_chromosomes(session, dataset_); });
        }
        return *chromosomes_;
    }

    // Found once, likewise.
    std::vector<std::string> gene_types() const override {
        const std::scoped_lock lock(gene_types_mutex_);
        if (!gene_types_) {
            gene_types_ =
                ask([&](Session& session) { return select_gene_types(session, dataset_); });
        }
        return *gene_types_;
    }

private:
    // Asks in one short transaction. An answer of nothing is only true while the dataset is there.
    template <class Question>
    auto ask(const Question& question) const -> std::invoke_result_t<Question, Session&> {
        return connections_.ask([&](Session& session) {
            auto answer = question(session);
            if (is_empty(answer) && !has_dataset(session, dataset_.id)) {
                require_dataset(session, place_, dataset_.id);
            }
            return answer;
        });
    }

    // Where its text is not `kind`, nothing is found.
    FoundGene found_one(const Wanted& wanted, MatchKind kind) const {
        auto matches = look_up({&wanted, 1});
        auto& match = matches.all.front();
        if (match.kind != kind) return {};
        return {.record = match.record,
                .keep = std::move(matches.keep),
                .namesakes = std::move(match.namesakes),
                .meant = std::move(match.meant)};
    }

    // Worked out once. The chromosomes of a dataset follow each other in genome order.
    const PrimaryGenes& primary(Session& session) const {
        const std::scoped_lock lock(primary_mutex_);
        if (primary_) return *primary_;
        PrimaryGenes found;  // not kept where the question fails midway
        std::uint64_t first = 0;
        for (const auto& [chromosome, count] : select_chromosomes(session, dataset_)) {
            if (is_primary_chromosome(chromosome, karyotype_)) found.add(first, count);
            first += count;
        }
        return primary_.emplace(std::move(found));
    }

    SelectedGenes select(Session& session, const Sql& rest) const {
        Sql sql{.text = " WHERE dataset_id = ?", .values = {dataset_.id}};
        auto selected = select_genes(session, sql.append(rest));
        attach_attributes(session, dataset_, selected);
        return selected;
    }

    KeepAlive to_records(SelectedGenes selected) const {
        return std::make_shared<const GeneRecords>(std::move(selected.genes), represent_);
    }

    Matches to_matches(LookedUpGenes found) const {
        const auto records = to_records(std::move(found.selected));
        Matches matches{.keep = records};
        matches.all.reserve(found.all.size());
        for (auto& [match, place] : found.all) {
            if (place) match.record = &records->all()[*place];
            matches.all.push_back(std::move(match));
        }
        return matches;
    }

    static FoundGene first_of(const KeepAlive& records) {
        if (records->all().empty()) return {};
        return {.record = &records->all().front(), .keep = records};
    }

    static std::vector<const GeneRecord*> pointers(std::span<const GeneRecord> records) {
        std::vector<const GeneRecord*> all;
        all.reserve(records.size());
        for (const auto& record : records) all.push_back(&record);
        return all;
    }

    Neighbors to_neighbors(const Region& place, Neighborhood around) const {
        const std::array sizes{
            around.overlapping.genes.size(), around.before.genes.size(), around.after.genes.size()};
        SelectedGenes all;
        for (auto* side : {&around.overlapping, &around.before, &around.after}) {
            std::ranges::move(side->genes, std::back_inserter(all.genes));
        }
        const auto records = to_records(std::move(all));
        Neighbors neighbors{.keep = records};
        auto record = records->all().begin();
        const auto fill = [&](std::vector<Neighbor>& side, std::size_t count) {
            for (; side.size() < count; ++record) {
                side.push_back({&*record, distance(place, region_of(record->gene()))});
            }
        };
        fill(neighbors.overlapping, sizes[0]);
        fill(neighbors.upstream, sizes[1]);
        fill(neighbors.downstream, sizes[2]);
        return neighbors;
    }

    std::string place_;
    Represent represent_;
    mutable Connections connections_;
    NumberedDataset dataset_;
    std::unique_ptr<DatasetNames> names_;
    Karyotype karyotype_;
    mutable std::mutex primary_mutex_;
    mutable std::optional<PrimaryGenes> primary_;
    mutable std::mutex chromosomes_mutex_;
    mutable std::optional<std::vector<ChromosomeCount>> chromosomes_;
    mutable std::mutex gene_types_mutex_;
    mutable std::optional<std::vector<std::string>> gene_types_;
};

}  // namespace

std::unique_ptr<const GeneStore> open_sql_store(const DatabaseAccess& place,
                                                Represent represent,
                                                const SqlStoreSettings& settings) {
    require_file_or_nothing(place.url);
    return std::make_unique<const SqlStore>(place, represent, settings);
}

}  // namespace chr21::sql
