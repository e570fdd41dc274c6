#include "store/sql/question/named_genes.hpp"

#include "gene/stable_id.hpp"
#include "store/sql/dataset/posting.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/question/posting_table.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <ranges>
#include <span>

namespace chr21::sql {
namespace {

// So many texts, terms or genes are named in one statement; engines limit how many it may bind.
constexpr std::size_t most_at_once = 5000;

template <class Value, class Ask>
void in_portions(const std::set<Value>& values, const Ask& ask) {
    for (auto at = values.begin(); at != values.end();) {
        std::set<Value> portion;
        while (at != values.end() && portion.size() < most_at_once) portion.insert(*at++);
        ask(portion);
    }
}

// Reads the rows of "text, gene_order" of genes whose column has one of the texts.
template <class Visit>
void visit_texts(Session& session,
                 std::int64_t dataset_id,
                 const std::string& column,
                 const std::set<std::string>& texts,
                 const Visit& visit) {
    in_portions(texts, [&](const std::set<std::string>& portion) {
        Sql sql{.text = "SELECT " + column + ", gene_order FROM gene WHERE dataset_id = ? AND ",
                .values = {dataset_id}};
        sql.append(one_of(session, column, portion));
        std::string text;
        std::int64_t gene_order = 0;
        Query query(session, sql);
        query.into(text, gene_order);
        while (query.next()) visit(text, gene_order);
    });
}

struct Listed {
    std::set<std::int64_t> orders;
    std::set<Term> unlisted;  // of which too many genes have
};

Listed genes_of_terms(Session& session,
                      const NumberedDataset& dataset,
                      const std::set<Term>& terms) {
    Listed listed;
    in_portions(terms, [&](const std::set<Term>& portion) {
        const std::vector<Term> some(portion.begin(), portion.end());
        for (const auto& [term, orders] : posting_lists(session, dataset.id, some)) {
            if (orders) {
                listed.orders.insert(orders->begin(), orders->end());
            } else {
                listed.unlisted.insert(term);
            }
        }
    });
    return listed;
}

void sort_each(auto& lists) {
    for (auto& [text, orders] : lists) {
        std::ranges::sort(orders);
        const auto again = std::ranges::unique(orders);
        orders.erase(again.begin(), again.end());
    }
}

// Calls visit(attribute, folded value, gene_order) with each value of the rows that meet the
// condition.
template <class Visit>
void visit_values(Session& session,
                  const NumberedDataset& dataset,
                  const Sql& condition,
                  const Visit& visit) {
    Sql sql{.text =
                "SELECT attribute, folded_value, gene_order FROM gene_attribute WHERE dataset_id "
                "= ? AND ",
            .values = {dataset.id}};
    std::int64_t attribute = 0;
    std::string folded;
    std::int64_t gene_order = 0;
    Query query(session, sql.append(condition));
    query.into(attribute, folded, gene_order);
    while (query.next()) visit(static_cast<std::size_t>(attribute), folded, gene_order);
}

Sql in_attributes(const std::set<ValueOf>& values) {
    std::set<std::size_t> numbers;
    for (const auto& value : values) numbers.insert(value.attribute);
    std::string list;
    for (const auto number : numbers) {
        list.append(list.empty() ? "" : ", ").append(std::to_string(number));
    }
    return {" AND attribute IN (" + list + ")"};
}

template <class Visit>
void visit_values_of_genes(Session& session,
                           const NumberedDataset& dataset,
                           const std::set<std::int64_t>& orders,
                           const std::set<ValueOf>& values,
                           const Visit& visit) {
    in_portions(orders, [&](const std::set<std::int64_t>& portion) {
        auto condition = in_gene_orders({portion.begin(), portion.end()});
        visit_values(session, dataset, condition.append(in_attributes(values)), visit);
    });
}

// All genes whose stable ID has a version and, without it, is one of these. No stable ID has so
// many versions that its list would be left out.
OrdersOfText genes_with_versions(Session& session,
                                 const NumberedDataset& dataset,
                                 const std::set<std::string>& unversioned) {
    OrdersOfText all;
    std::set<Term> terms;
    for (const auto& id : unversioned) terms.insert(unversioned_term(id));
    in_portions(
        genes_of_terms(session, dataset, terms).orders, [&](const std::set<std::int64_t>& portion) {
            Sql sql{.text = "SELECT folded_id, gene_order FROM gene WHERE dataset_id = ? AND ",
                    .values = {dataset.id}};
            sql.append(in_gene_orders({portion.begin(), portion.end()}));
            std::string folded;
            std::int64_t gene_order = 0;
            Query query(session, sql);
            query.into(folded, gene_order);
            while (query.next()) {
                const auto id = read_version(folded);
                if (id) all[id->unversioned()].push_back(gene_order);
            }
        });
    return all;
}

}  // namespace

Sql one_of(Session& session, std::string_view column, const std::set<std::string>& texts) {
    Sql condition;
    condition.append(column).append(" IN (NULL");
    for (const auto& text : texts) {
        if (!session.engine().words().keeps_nul && text.contains('\0')) continue;
        condition.append(", ?", {text});
    }
    return condition.append(")");
}

OrderOfText genes_of_ids(Session& session,
                         const NumberedDataset& dataset,
                         const std::set<std::string>& folded_ids) {
    OrderOfText first;
    visit_texts(session,
                dataset.id,
                "folded_id",
                folded_ids,
                [&](const std::string& id, std::int64_t gene_order) {
                    auto& order = first.try_emplace(id, gene_order).first->second;
                    order = std::min(order, gene_order);
                });
    return first;
}

OrdersOfText genes_of_names(Session& session,
                            const NumberedDataset& dataset,
                            const std::set<std::string>& folded_names) {
    OrdersOfText all;
    visit_texts(
        session,
        dataset.id,
        "folded_name",
        folded_names,
        [&](const std::string& name, std::int64_t gene_order) { all[name].push_back(gene_order); });
    sort_each(all);
    return all;
}

OrdersOfText genes_of_versions(Session& session,
                               const NumberedDataset& dataset,
                               const std::set<std::string>& unversioned) {
    OrdersOfText all;
    if (!dataset.has_lists || unversioned.empty()) return all;
    all = genes_with_versions(session, dataset, unversioned);
    for (const auto& [id, order] : genes_of_ids(session, dataset, unversioned)) {
        all[id].push_back(order);
    }
    sort_each(all);
    return all;
}

OrdersOfValue genes_of_values(Session& session,
                              const NumberedDataset& dataset,
                              const std::set<ValueOf>& values) {
    OrdersOfValue all;
    if (!dataset.has_postings || values.empty()) return all;
    std::set<Term> terms;
    for (const auto& value : values) terms.insert(attribute_term(value.attribute, value.folded));
    const auto listed = genes_of_terms(session, dataset, terms);
    const auto add = [&](std::size_t attribute, const std::string& folded, std::int64_t order) {
        const ValueOf value{.attribute = attribute, .folded = folded};
        if (values.contains(value)) all[value].push_back(order);
    };
    visit_values_of_genes(session, dataset, listed.orders, values, add);
    for (const auto& value : values) {
        if (!listed.unlisted.contains(attribute_term(value.attribute, value.folded))) continue;
        visit_values(session,
                     dataset,
                     {.text = "attribute = ? AND folded_value = ?",
                      .values = {static_cast<std::int64_t>(value.attribute), value.folded}},
                     add);
    }
    sort_each(all);
    return all;
}

OrdersOfValue genes_of_unversioned_values(Session& session,
                                          const NumberedDataset& dataset,
                                          const std::set<ValueOf>& unversioned) {
    OrdersOfValue all;
    if (!dataset.has_lists || unversioned.empty()) return all;
    std::set<Term> terms;
    for (const auto& one : unversioned) {
        terms.insert(unversioned_value_term(one.attribute, one.folded));
    }
    visit_values_of_genes(
        session,
        dataset,
        genes_of_terms(session, dataset, terms).orders,
        unversioned,
        [&](std::size_t attribute, const std::string& folded, std::int64_t order) {
            const auto id = read_version(folded);
            if (!id || id->version.empty()) return;
            const ValueOf value{.attribute = attribute, .folded = id->unversioned()};
            if (unversioned.contains(value)) all[value].push_back(order);
        });
    sort_each(all);
    return all;
}

std::map<std::int64_t, GeneLabel> select_labels(Session& session,
                                                const NumberedDataset& dataset,
                                                const std::set<std::int64_t>& orders) {
    std::map<std::int64_t, GeneLabel> labels;
    in_portions(orders, [&](const std::set<std::int64_t>& portion) {
        Sql sql{.text =
                    "SELECT gene_order, gene_stable_id, gene_name FROM gene WHERE dataset_id = ? "
                    "AND ",
                .values = {dataset.id}};
        sql.append(in_gene_orders({portion.begin(), portion.end()}));
        std::int64_t gene_order = 0;
        std::string stable_id;
        Nullable<std::string> name;
        Query query(session, sql);
        query.into(gene_order, stable_id, name);
        while (query.next()) {
            labels[gene_order] = {.text = name.take().value_or(stable_id),
                                  .gene_stable_id = stable_id};
        }
    });
    return labels;
}

MeantGenes meant_genes(const GeneOrders& orders, const std::map<std::int64_t, GeneLabel>& labels) {
    MeantGenes meant{.count = orders.size()};
    for (const auto order : orders | std::views::take(most_others)) {
        const auto label = labels.find(order);
        if (label == labels.end()) report_damage("a gene that one index alone has");
        meant.first.push_back(label->second);
    }
    return meant;
}

std::vector<Namesakes> select_namesakes(Session& session,
                                        const NumberedDataset& dataset,
                                        const PrimaryGenes& primary,
                                        const SelectedGenes& selected) {
    std::set<std::string> names;
    for (const auto& gene : selected.genes) {
        if (gene.gene_name) names.insert(fold(*gene.gene_name));
    }
    const auto by_name = genes_of_names(session, dataset, names);
    std::vector<GeneOrders> others(selected.genes.size());
    std::vector<Namesakes> namesakes(selected.genes.size());
    std::set<std::int64_t> orders;
    for (std::size_t at = 0; at < selected.genes.size(); ++at) {
        const auto& name = selected.genes[at].gene_name;
        if (!name) continue;
        const auto found = by_name.find(fold(*name));
        if (found == by_name.end()) report_damage("a gene that no index has by its name");
        const auto& all = found->second;
        namesakes[at].count = all.size() - 1;
        if (all.size() == 1) continue;
        others[at] = primary.first_of(std::span<const std::int64_t>(all), most_others + 1);
        std::erase(others[at], selected.orders[at]);
        if (others[at].size() > most_others) others[at].resize(most_others);
        orders.insert(others[at].begin(), others[at].end());
    }
    const auto labels = select_labels(session, dataset, orders);
    for (std::size_t at = 0; at < others.size(); ++at) {
        for (const auto order : others[at]) {
            const auto label = labels.find(order);
            if (label == labels.end()) report_damage("a gene that one index alone has");
            namesakes[at].gene_stable_ids.push_back(label->second.gene_stable_id);
        }
    }
    return namesakes;
}

}  // namespace chr21::sql
