#include "store/sql/question/candidates.hpp"

#include "store/sql/dataset/gene_table.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/question/posting_table.hpp"
#include "store/sql/question/where_clause.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>

namespace chr21::sql {
namespace {

using Found = std::optional<GeneOrders>;

// More are not few: a statement that names them all would be slower than a scan.
constexpr std::size_t most_candidates = 6000;

// At least every fourth gene from the first to the last: a range is read sooner than a list.
bool are_dense(const GeneOrders& orders) {
    constexpr std::int64_t most_apart = 4;
    return !orders.empty() && (orders.back() - orders.front()) / most_apart < std::ssize(orders);
}

// So many of the rarest lists of a search are read; the genes are tested anyway.
constexpr std::size_t most_lists = 3;

constexpr std::size_t shortest_indexed_search = 3;

GeneOrders both(const GeneOrders& left, const GeneOrders& right) {
    GeneOrders common;
    std::ranges::set_intersection(left, right, std::back_inserter(common));
    return common;
}

GeneOrders either(const GeneOrders& left, const GeneOrders& right) {
    GeneOrders all;
    std::ranges::set_union(left, right, std::back_inserter(all));
    return all;
}

// The union over the parts; absent as soon as one of them is.
template <class Part, class Find>
Found any_of(const std::vector<Part>& parts, const Find& find) {
    GeneOrders all;
    for (const auto& part : parts) {
        const Found found = find(part);
        if (!found) return {};
        all = either(all, *found);
    }
    return all;
}

class Candidates {
public:
    Candidates(Session& session, const NumberedDataset& dataset)
        : session_(session), dataset_(dataset) {}

    Found among(const GeneFilter& filter) {
        narrow(filter.gene_stable_ids, [&] { return equal("folded_id", filter.gene_stable_ids); });
        narrow(filter.gene_names, [&] { return equal("folded_name", filter.gene_names); });
        if (!dataset_.has_postings) return few();
        const auto containing = [&](const std::string& text) { return with_text(text); };
        const auto overlapping = [&](const Region& region) { return over(region); };
        for (const auto& attribute : filter.attributes) {
            narrow(attribute.values, [&] { return with_attribute(attribute); });
        }
        if (is_indexed(filter)) {
            narrow(filter.searches, [&] { return any_of(filter.searches, containing); });
        }
        narrow(filter.regions, [&] { return any_of(filter.regions, overlapping); });
        narrow(filter.bands, [&] { return any_of(filter.bands, overlapping); });
        return few();
    }

private:
    Found few() const {
        const bool are_few = found_ && (found_->size() <= most_candidates || are_dense(*found_));
        return are_few ? found_ : Found();
    }

    template <class Part, class Find>
    void narrow(const std::vector<Part>& part, const Find& find) {
        constexpr std::size_t few_enough = 50;
        if (part.empty() || (found_ && found_->size() <= few_enough)) return;
        auto more = find();
        if (more) found_ = found_ ? both(*found_, *more) : std::move(*more);
    }

    static bool is_indexed(const GeneFilter& filter) {
        return std::ranges::all_of(filter.search_in,
                                   [](const std::string& column) {
                                       return column == "gene_name" || column == "gene_description";
                                   }) &&
               std::ranges::all_of(filter.searches, [](const std::string& text) {
                   return text.size() >= shortest_indexed_search;
               });
    }

    // Absent when there are too many.
    Found select(std::string_view condition, std::vector<SqlValue> values) const {
        Sql sql{.text = "SELECT gene_order FROM gene WHERE dataset_id = ? AND ",
                .values = {dataset_.id}};
        sql.append(condition, std::move(values))
            .append(" LIMIT ?", {static_cast<std::int64_t>(most_candidates) + 1});
        std::int64_t gene_order = 0;
        Query query(session_, sql);
        query.into(gene_order);
        GeneOrders orders;
        while (query.next()) orders.push_back(gene_order);
        if (orders.size() > most_candidates) return {};
        std::ranges::sort(orders);
        return orders;
    }

    Found equal(std::string_view column, const std::vector<std::string>& wanted) const {
        Sql condition;
        condition.append(column).append(" IN (");
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            condition.append(i == 0 ? "?" : ", ?", {wanted[i]});
        }
        condition.append(")");
        return select(condition.text, std::move(condition.values));
    }

    Found with_attribute(const AttributeFilter& wanted) const {
        const auto& columns = dataset_.dataset.attributes;
        const auto column = std::ranges::find(columns, wanted.name, &AttributeColumn::name);
        if (column == columns.end()) return GeneOrders{};
        std::vector<Term> terms;
        terms.reserve(wanted.values.size());
        for (const auto& value : wanted.values) {
            terms.push_back(
                attribute_term(static_cast<std::size_t>(column - columns.begin()), value));
        }
        return union_of(terms);
    }

    // Absent when a term has no list.
    Found union_of(const std::vector<Term>& terms) const {
        GeneOrders all;
        for (const auto& [term, orders] : posting_lists(session_, dataset_.id, terms)) {
            if (!orders) return {};
            all = either(all, *orders);
        }
        return all;
    }

    Found with_text(const std::string& text) const {
        const auto terms = gram_terms(text);
        const auto sizes = posting_sizes(session_, dataset_.id, terms);
        if (sizes.size() < terms.size()) return GeneOrders{};
        return all_of(rarest(sizes));
    }

    static std::vector<Term> rarest(const std::map<Term, PostingSize>& sizes) {
        std::vector<std::pair<std::int64_t, Term>> listed;
        for (const auto& [term, size] : sizes) {
            if (size.is_listed) listed.emplace_back(size.gene_count, term);
        }
        std::ranges::sort(listed);
        if (listed.size() > most_lists) listed.resize(most_lists);
        std::vector<Term> terms;
        terms.reserve(listed.size());
        for (const auto& [gene_count, term] : listed) terms.push_back(term);
        return terms;
    }

    // Absent when no term is rare enough to have a list.
    Found all_of(const std::vector<Term>& terms) const {
        Found common;
        for (const auto& [term, orders] : posting_lists(session_, dataset_.id, terms)) {
            if (orders) common = common ? both(*common, *orders) : *orders;
        }
        return common;
    }

    Found over(const Region& region) const {
        const auto terms = place_terms(region);
        if (!terms) return {};
        return union_of(*terms);
    }

    Session& session_;
    const NumberedDataset& dataset_;
    Found found_;
};

// The chromosomes that every gene that the filter admits is on one of; none where it may be on any.
std::vector<std::string> chromosomes_of(const GeneFilter& filter) {
    if (!filter.chromosomes.empty()) return filter.chromosomes;
    std::vector<std::string> names;
    for (const auto& region : filter.regions.empty() ? filter.bands : filter.regions) {
        names.push_back(region.chromosome());
    }
    return names;
}

// From the first gene of the one that comes first to the last of the one that comes last.
Sql on_chromosomes(const std::vector<ChromosomeGenes>& all, const std::vector<std::string>& names) {
    std::optional<std::int64_t> first;
    std::int64_t end = 0;
    for (const auto& [chromosome, first_order, count] : all) {
        if (std::ranges::find(names, chromosome) == names.end()) continue;
        if (!first) first = first_order;
        end = first_order + count;
    }
    if (!first) return {"1 = 0"};
    return {.text = "gene_order >= ? AND gene_order < ?", .values = {*first, end}};
}

}  // namespace

std::optional<GeneOrders> find_candidates(Session& session,
                                          const NumberedDataset& dataset,
                                          const GeneFilter& filter) {
    return Candidates(session, dataset).among(filter);
}

Sql among(const GeneOrders& candidates) {
    if (!are_dense(candidates)) return in_gene_orders(candidates);
    return {.text = "gene_order BETWEEN ? AND ?",
            .values = {candidates.front(), candidates.back()}};
}

Sql narrowed_where(Session& session, const NumberedDataset& dataset, const GeneFilter& filter) {
    auto where =
        where_clause(session.engine().words(), dataset.id, dataset.dataset.attributes, filter);
    if (const auto candidates = find_candidates(session, dataset, filter)) {
        return where.append(" AND ").append(among(*candidates));
    }
    if (const auto names = chromosomes_of(filter); !names.empty() && !dataset.chromosomes.empty()) {
        where.append(" AND ").append(on_chromosomes(dataset.chromosomes, names));
    }
    return where;
}

}  // namespace chr21::sql
