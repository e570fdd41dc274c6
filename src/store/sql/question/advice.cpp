#include "store/sql/question/advice.hpp"

#include "gene/stable_id.hpp"
#include "store/nearest.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/question/named_genes.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace chr21::sql {
namespace {

// What misses may have meant, before anything but the names is known.
class Meant {
public:
    Meant(Session& session,
          const NumberedDataset& dataset,
          DatasetNames& names,
          std::span<const Wanted> missed) {
        for (const auto& [kind, text] : missed) {
            const auto folded = fold(text);
            auto& meant = meant_.emplace_back();
            if (kind != Wanted::Kind::id) meant.near = nearest(names.near(session, folded), folded);
            if (kind != Wanted::Kind::name) meant.corrected = corrected_ids(folded);
            if (kind == Wanted::Kind::name) {
                meant.as_ids = {folded, fold_stable_id(text)};
                if (const auto id = read_version(folded)) meant.of_versions = id->unversioned();
            }
            if (kind == Wanted::Kind::id) meant.as_name = names.first_gene(session, folded);
            orders_.insert(meant.near.begin(), meant.near.end());
            if (meant.as_name) orders_.insert(*meant.as_name);
            ids_.insert(meant.corrected.begin(), meant.corrected.end());
            ids_.insert(meant.as_ids.begin(), meant.as_ids.end());
        }
        add_other_versions(session, dataset);
    }

    void select(Session& session, std::int64_t dataset_id) {
        if (orders_.empty() && ids_.empty()) return;
        const std::string columns =
            "SELECT gene_order, folded_id, gene_stable_id, gene_name FROM gene WHERE dataset_id = "
            "? AND ";
        Sql sql{.text = columns, .values = {dataset_id}};
        sql.append(one_of(session, "folded_id", ids_));
        if (!orders_.empty()) {
            sql.append(" UNION ALL ").append(columns, {dataset_id});
            sql.append(in_gene_orders({orders_.begin(), orders_.end()}));
        }
        std::int64_t gene_order = 0;
        std::string folded_id;
        std::string stable_id;
        Nullable<std::string> name;
        Query query(session, sql);
        query.into(gene_order, folded_id, stable_id, name);
        while (query.next()) {
            genes_.try_emplace(gene_order, stable_id, name.take());
            auto& first = order_of_id_.try_emplace(folded_id, gene_order).first->second;
            first = std::min(first, gene_order);
        }
    }

    std::vector<Advice> advice() const {
        std::vector<Advice> all;
        all.reserve(meant_.size());
        for (const auto& meant : meant_) all.push_back(advice_on(meant));
        return all;
    }

private:
    struct Candidates {
        std::vector<std::int64_t> near;  // the first gene of each near name
        std::vector<std::string> corrected;
        std::vector<std::string> as_ids;  // of the name, if it is a stable ID
        std::string of_versions;          // the same without its version; empty where it has none
        std::optional<std::int64_t> as_other_version;
        std::optional<std::int64_t> as_name;
    };
    struct Advised {
        std::string gene_stable_id;
        std::optional<std::string> gene_name;
    };

    // As GeneStore::find() does: where several versions are there, none is meant.
    void add_other_versions(Session& session, const NumberedDataset& dataset) {
        std::set<std::string> unversioned;
        for (const auto& meant : meant_) {
            if (!meant.of_versions.empty()) unversioned.insert(meant.of_versions);
        }
        const auto versions = genes_of_versions(session, dataset, unversioned);
        for (auto& meant : meant_) {
            const auto found = versions.find(meant.of_versions);
            if (found == versions.end() || found->second.size() != 1) continue;
            meant.as_other_version = found->second.front();
            orders_.insert(found->second.front());
        }
    }

    static std::vector<std::int64_t> nearest(const std::vector<FirstOfName>& names,
                                             const std::string& folded) {
        std::set<NameNearness> sorted;
        for (const auto& [name, gene_order] : names) {
            sorted.insert(nearness_of(name, folded, static_cast<std::uint64_t>(gene_order)));
        }
        std::vector<std::int64_t> orders;
        for (const auto& one : sorted) {
            if (orders.size() == most_nearest) break;
            orders.push_back(static_cast<std::int64_t>(one.gene_order));
        }
        return orders;
    }

    const Advised* by_id(const std::string& id) const {
        const auto order = order_of_id_.find(id);
        return order == order_of_id_.end() ? nullptr : &genes_.at(order->second);
    }

    // The gene whose stable ID the name is; the ID as written goes first.
    const Advised* as_id(const Candidates& meant) const {
        for (const auto& id : meant.as_ids) {
            if (const auto* const gene = by_id(id)) return gene;
        }
        return meant.as_other_version ? &at(*meant.as_other_version) : nullptr;
    }

    const Advised& at(std::int64_t order) const {
        const auto gene = genes_.find(order);
        if (gene == genes_.end()) report_damage("no gene of a name or an ID");
        return gene->second;
    }

    static GeneLabel label_of_id(const Advised& gene) {
        return {.text = gene.gene_stable_id, .gene_stable_id = gene.gene_stable_id};
    }

    GeneLabel named(std::int64_t order) const {
        const auto& gene = at(order);
        return {.text = gene.gene_name.value_or(""), .gene_stable_id = gene.gene_stable_id};
    }

    Advice advice_on(const Candidates& meant) const {
        Advice advice;
        for (const auto order : meant.near) advice.nearest.push_back(named(order));
        std::size_t corrected = 0;
        for (const auto& id : meant.corrected) {
            const auto* const gene = by_id(id);
            if (gene == nullptr) continue;
            advice.nearest.push_back(label_of_id(*gene));
            if (++corrected == most_nearest) break;
        }
        if (const auto* const gene = as_id(meant)) advice.of_other_kind = label_of_id(*gene);
        if (meant.as_name) advice.of_other_kind = named(*meant.as_name);
        return advice;
    }

    std::vector<Candidates> meant_;
    std::set<std::int64_t> orders_;
    std::set<std::string> ids_;
    std::map<std::int64_t, Advised> genes_;
    OrderOfText order_of_id_;
};

}  // namespace

std::vector<Advice> select_advice(Session& session,
                                  const NumberedDataset& dataset,
                                  DatasetNames& names,
                                  std::span<const Wanted> missed) {
    Meant meant(session, dataset, names, missed);
    meant.select(session, dataset.id);
    return meant.advice();
}

}  // namespace chr21::sql
