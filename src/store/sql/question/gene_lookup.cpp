#include "store/sql/question/gene_lookup.hpp"

#include "gene/other_names.hpp"
#include "gene/stable_id.hpp"
#include "store/sql/question/named_genes.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <ranges>
#include <set>
#include <string>
#include <utility>

namespace chr21::sql {
namespace {

// One text, and the genes that it means once anything fits.
struct Asked {
    Wanted::Kind kind = Wanted::Kind::any;
    std::string folded;
    MatchKind match = MatchKind::none;
    std::size_t attribute = 0;
    GeneOrders orders = {};

    bool may_be_id() const { return match == MatchKind::none && kind != Wanted::Kind::name; }
    bool may_be_name() const { return match == MatchKind::none && kind != Wanted::Kind::id; }

    void settle(MatchKind how, GeneOrders genes) {
        if (genes.empty()) return;
        match = how;
        orders = std::move(genes);
    }
};

// Asks for all texts at once, one way of meaning a gene after the other.
class Lookup {
public:
    Lookup(Session& session,
           const NumberedDataset& dataset,
           const PrimaryGenes& primary,
           std::span<const Wanted> wanted)
        : session_(session),
          dataset_(dataset),
          primary_(primary),
          columns_(other_names_of(dataset.dataset)) {
        asked_.reserve(wanted.size());
        for (const auto& [kind, text] : wanted) asked_.push_back({kind, fold(text)});
    }

    std::vector<Asked> settle() {
        settle_ids();
        settle_versions();
        settle_names();
        settle_values(&Asked::may_be_name, true, genes_of_values, [](const std::string& folded) {
            return std::optional(folded);
        });
        settle_values(&Asked::may_be_id, false, genes_of_values, [](const std::string& folded) {
            return std::optional(folded);
        });
        settle_values(&Asked::may_be_id, false, genes_of_values, [](const std::string& folded) {
            return std::optional(without_version(folded));
        });
        settle_values(&Asked::may_be_id, false, genes_of_unversioned_values, unversioned);
        return std::move(asked_);
    }

private:
    static std::optional<std::string> unversioned(const std::string& folded) {
        const auto id = read_version(folded);
        if (!id) return {};
        return id->unversioned();
    }

    void settle_ids() {
        std::set<std::string> ids;
        for (const auto& one : asked_) {
            if (one.may_be_id()) ids.insert({one.folded, fold_stable_id(one.folded)});
        }
        const auto genes = genes_of_ids(session_, dataset_, ids);
        for (auto& one : asked_) {
            if (!one.may_be_id()) continue;
            auto found = genes.find(one.folded);
            if (found == genes.end()) found = genes.find(fold_stable_id(one.folded));
            if (found != genes.end()) one.settle(MatchKind::stable_id, {found->second});
        }
    }

    void settle_versions() {
        std::set<std::string> ids;
        for (const auto& one : asked_) {
            if (!one.may_be_id()) continue;
            if (const auto id = unversioned(one.folded)) ids.insert(*id);
        }
        const auto genes = genes_of_versions(session_, dataset_, ids);
        if (genes.empty()) return;
        for (auto& one : asked_) {
            const auto id = one.may_be_id() ? unversioned(one.folded) : std::nullopt;
            const auto found = id ? genes.find(*id) : genes.end();
            if (found != genes.end()) one.settle(MatchKind::stable_id, found->second);
        }
    }

    void settle_names() {
        std::set<std::string> names;
        for (const auto& one : asked_) {
            if (one.may_be_name()) names.insert(one.folded);
        }
        const auto genes = genes_of_names(session_, dataset_, names);
        for (auto& one : asked_) {
            const auto found = one.may_be_name() ? genes.find(one.folded) : genes.end();
            if (found == genes.end()) continue;
            const auto first = primary_.first_of(std::span<const std::int64_t>(found->second));
            if (first) one.settle(MatchKind::name, {*first});
        }
    }

    // Among the columns of earlier names, or those of IDs; `key` is what a column is asked for.
    void settle_values(bool (Asked::*is_open)() const,
                       bool earlier_names,
                       OrdersOfValue (*genes_of)(Session&,
                                                 const NumberedDataset&,
                                                 const std::set<ValueOf>&),
                       std::optional<std::string> (*key)(const std::string&)) {
        const auto visit = [&](const Asked& one, const auto& with) {
            if (!(one.*is_open)()) return;
            const auto text = key(one.folded);
            if (!text) return;
            for (const auto& column : columns_) {
                if (is_earlier_name(column.kind) != earlier_names) continue;
                if (may_be(column.kind, one.folded)) with(column, ValueOf{column.attribute, *text});
            }
        };
        std::set<ValueOf> values;
        for (const auto& one : asked_) {
            visit(one, [&](const auto&, ValueOf value) { values.insert(std::move(value)); });
        }
        const auto genes = genes_of(session_, dataset_, values);
        if (genes.empty()) return;
        for (auto& one : asked_) {
            GeneOrders orders;
            std::optional<OtherNameColumn> by;
            visit(one, [&](const OtherNameColumn& column, const ValueOf& value) {
                const auto found = genes.find(value);
                if (found == genes.end()) return;
                if (!by) by = column;
                GeneOrders all;
                std::ranges::set_union(orders, found->second, std::back_inserter(all));
                orders = std::move(all);
            });
            if (!by) continue;
            one.attribute = by->attribute;
            one.settle(match_kind_of(by->kind), std::move(orders));
        }
    }

    Session& session_;
    const NumberedDataset& dataset_;
    const PrimaryGenes& primary_;
    std::vector<OtherNameColumn> columns_;
    std::vector<Asked> asked_;
};

// The genes that are found, in genome order.
SelectedGenes select_found(Session& session,
                           const NumberedDataset& dataset,
                           const std::vector<Asked>& asked) {
    std::set<std::int64_t> orders;
    for (const auto& one : asked) {
        if (one.orders.size() == 1) orders.insert(one.orders.front());
    }
    if (orders.empty()) return {};
    Sql rest{.text = " WHERE dataset_id = ? AND ", .values = {dataset.id}};
    rest.append(in_gene_orders({orders.begin(), orders.end()}));
    auto selected = select_genes(session, rest.append(" ORDER BY gene_order"), orders.size());
    attach_attributes(session, dataset, selected);
    return selected;
}

std::size_t place_of(const SelectedGenes& selected, std::int64_t order) {
    const auto at = std::ranges::lower_bound(selected.orders, order);
    if (at == selected.orders.end() || *at != order) {
        report_damage("a gene that one index alone has");
    }
    return static_cast<std::size_t>(at - selected.orders.begin());
}

std::map<std::int64_t, GeneLabel> labels_of_several(Session& session,
                                                    const NumberedDataset& dataset,
                                                    const std::vector<Asked>& asked) {
    std::set<std::int64_t> orders;
    for (const auto& one : asked) {
        if (one.orders.size() < 2) continue;
        const auto first = one.orders | std::views::take(most_others);
        orders.insert(first.begin(), first.end());
    }
    return select_labels(session, dataset, orders);
}

}  // namespace

LookedUpGenes look_up_genes(Session& session,
                            const NumberedDataset& dataset,
                            const PrimaryGenes& primary,
                            std::span<const Wanted> wanted) {
    const auto asked = Lookup(session, dataset, primary, wanted).settle();
    LookedUpGenes found{.selected = select_found(session, dataset, asked)};
    const auto namesakes = select_namesakes(session, dataset, primary, found.selected);
    const auto labels = labels_of_several(session, dataset, asked);
    found.all.reserve(asked.size());
    for (const auto& one : asked) {
        auto& [match, place] = found.all.emplace_back();
        match.kind = one.match;
        match.attribute = one.attribute;
        if (one.orders.size() == 1) {
            place = place_of(found.selected, one.orders.front());
            match.namesakes = namesakes[*place];
        } else if (!one.orders.empty()) {
            match.meant = meant_genes(one.orders, labels);
        }
    }
    return found;
}

}  // namespace chr21::sql
