#include "store/sql/question/gene_lookup.hpp"

#include "store/nearest.hpp"
#include "store/sql/engine/query.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace chr21::sql {
namespace {

using OrderOfText = std::map<std::string, std::int64_t, std::less<>>;

// "column IN (?, ?)", without texts that the engine cannot have stored; never true without texts.
Sql one_of(Session& session, std::string_view column, const std::set<std::string>& texts) {
    Sql condition;
    condition.append(column).append(" IN (NULL");
    for (const auto& text : texts) {
        if (!session.engine().words().keeps_nul && text.contains('\0')) continue;
        condition.append(", ?", {text});
    }
    return condition.append(")");
}

// The first gene in genome order that has each text.
OrderOfText first_genes(Session& session,
                        std::int64_t dataset_id,
                        const std::string& column,
                        const std::set<std::string>& texts) {
    OrderOfText first;
    if (texts.empty()) return first;
    Sql sql{.text = "SELECT " + column + ", min(gene_order) FROM gene WHERE dataset_id = ? AND ",
            .values = {dataset_id}};
    sql.append(one_of(session, column, texts)).append(" GROUP BY ").append(column);
    std::string text;
    std::int64_t gene_order = 0;
    Query query(session, sql);
    query.into(text, gene_order);
    while (query.next()) first.emplace(text, gene_order);
    return first;
}

std::optional<std::int64_t> order_of(const OrderOfText& orders, const std::string& text) {
    const auto found = orders.find(text);
    if (found == orders.end()) return {};
    return found->second;
}

std::optional<std::int64_t> order_of_id(const OrderOfText& orders, const std::string& id) {
    const auto as_written = order_of(orders, fold(id));
    return as_written ? as_written : order_of(orders, fold_stable_id(id));
}

// A gene as far as it is advised.
struct Advised {
    std::string gene_stable_id;
    std::optional<std::string> gene_name;
};

// What misses may have meant, before anything but the names is known.
class Meant {
public:
    Meant(Session& session, DatasetNames& names, std::span<const Miss> misses) : misses_(misses) {
        for (const auto& [kind, text] : misses) {
            const auto folded = fold(text);
            auto& meant = meant_.emplace_back();
            if (kind == Miss::Kind::name) {
                meant.orders = nearest(names.near(session, folded), folded);
                meant.ids = {folded, fold_stable_id(text)};
            } else {
                meant.ids = corrected_ids(folded);
                if (const auto order = names.first_gene(session, folded)) meant.orders = {*order};
            }
            orders_.insert(meant.orders.begin(), meant.orders.end());
            ids_.insert(meant.ids.begin(), meant.ids.end());
        }
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
        all.reserve(misses_.size());
        for (std::size_t i = 0; i < misses_.size(); ++i) {
            all.push_back(misses_[i].kind == Miss::Kind::name ? on_name(meant_[i])
                                                              : on_id(meant_[i]));
        }
        return all;
    }

private:
    struct Candidates {
        std::vector<std::int64_t> orders;
        std::vector<std::string> ids;
    };

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
        const auto order = order_of(order_of_id_, id);
        return order ? &genes_.at(*order) : nullptr;
    }

    Advice on_name(const Candidates& meant) const {
        Advice advice;
        for (const auto order : meant.orders) {
            const auto gene = genes_.find(order);
            if (gene == genes_.end()) report_damage("no gene of a name");
            advice.nearest.push_back(gene->second.gene_name.value_or(""));
        }
        for (const auto& id : meant.ids) {
            const auto* const gene = by_id(id);
            if (gene != nullptr && !advice.of_other_kind) {
                advice.of_other_kind = gene->gene_stable_id;
            }
        }
        return advice;
    }

    Advice on_id(const Candidates& meant) const {
        Advice advice;
        for (const auto& id : meant.ids) {
            if (advice.nearest.size() == most_nearest) break;
            if (const auto* gene = by_id(id)) advice.nearest.push_back(gene->gene_stable_id);
        }
        if (!meant.orders.empty()) {
            const auto gene = genes_.find(meant.orders.front());
            if (gene != genes_.end()) advice.of_other_kind = gene->second.gene_name;
        }
        return advice;
    }

    std::span<const Miss> misses_;
    std::vector<Candidates> meant_;
    std::set<std::int64_t> orders_;
    std::set<std::string> ids_;
    std::map<std::int64_t, Advised> genes_;
    OrderOfText order_of_id_;
};

}  // namespace

LookedUpGenes look_up_genes(Session& session,
                            const NumberedDataset& dataset,
                            std::span<const std::string> gene_stable_ids,
                            std::span<const std::string> gene_names) {
    std::set<std::string> ids;
    for (const auto& id : gene_stable_ids) ids.insert({fold(id), fold_stable_id(id)});
    std::set<std::string> names;
    for (const auto& name : gene_names) names.insert(fold(name));
    const auto of_ids = first_genes(session, dataset.id, "folded_id", ids);
    const auto of_names = first_genes(session, dataset.id, "folded_name", names);

    std::set<std::int64_t> orders;
    for (const auto* all : {&of_ids, &of_names}) {
        for (const auto& [text, order] : *all) orders.insert(order);
    }
    LookedUpGenes found;
    if (!orders.empty()) {
        Sql rest{.text = " WHERE dataset_id = ? AND ", .values = {dataset.id}};
        rest.append(in_gene_orders({orders.begin(), orders.end()}));
        found.selected = select_genes(session, rest.append(" ORDER BY gene_order"));
        attach_attributes(session, dataset, found.selected);
    }
    const auto place_of = [&](std::optional<std::int64_t> order) -> std::optional<std::size_t> {
        const auto& all = found.selected.orders;
        if (!order) return {};
        const auto at = std::ranges::lower_bound(all, *order);
        if (at == all.end() || *at != *order) report_damage("a gene that one index alone has");
        return static_cast<std::size_t>(at - all.begin());
    };
    for (const auto& id : gene_stable_ids) found.by_id.push_back(place_of(order_of_id(of_ids, id)));
    for (const auto& name : gene_names) {
        found.by_name.push_back(place_of(order_of(of_names, fold(name))));
    }
    return found;
}

std::vector<Advice> select_advice(Session& session,
                                  const NumberedDataset& dataset,
                                  DatasetNames& names,
                                  std::span<const Miss> misses) {
    Meant meant(session, names, misses);
    meant.select(session, dataset.id);
    return meant.advice();
}

}  // namespace chr21::sql
