#include "store/sql/question/where_clause.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chr21::sql {
namespace {

Sql either(const Sql& left, const Sql& right) {
    Sql sql{.text = "("};
    return sql.append(left).append(" OR ").append(right).append(")");
}

// Joined pair by pair, because engines limit how deep a condition may be (1,000 in SQLite) and a
// plain chain of ORs is as deep as it is long.
Sql any_of(std::vector<Sql> conditions) {
    if (conditions.empty()) return {"1 = 0"};
    while (conditions.size() > 1) {
        std::vector<Sql> pairs;
        pairs.reserve((conditions.size() / 2) + 1);
        for (std::size_t i = 0; i + 1 < conditions.size(); i += 2) {
            pairs.push_back(either(conditions[i], conditions[i + 1]));
        }
        if (conditions.size() % 2 == 1) pairs.push_back(std::move(conditions.back()));
        conditions = std::move(pairs);
    }
    return std::move(conditions.front());
}

Sql one_of(std::string_view column, const std::vector<std::string>& wanted) {
    if (wanted.empty()) return {"1 = 0"};
    Sql sql;
    sql.append(column).append(" IN (");
    for (std::size_t i = 0; i < wanted.size(); ++i) sql.append(i == 0 ? "?" : ", ?", {wanted[i]});
    return sql.append(")");
}

// The conditions of one filter on one dataset.
class Conditions {
public:
    Conditions(const EngineWords& words, std::span<const AttributeColumn> attributes)
        : words_(words), attributes_(attributes) {}

    // Not LIKE, which would take "%" and "_" for wildcards.
    Sql contains_one(std::string_view column, const std::vector<std::string>& wanted) const {
        std::vector<Sql> conditions;
        for (const auto& part : wanted) {
            if (!words_.keeps_nul && part.contains('\0')) continue;
            Sql contains{std::string(words_.position_of)};
            contains.append("(").append(column).append(", ?) > 0", {part});
            conditions.push_back(std::move(contains));
        }
        return any_of(std::move(conditions));
    }

    Sql search(const GeneFilter& filter) const {
        if (filter.search_in.empty()) {
            return either(contains_one("folded_name", filter.searches),
                          contains_one("folded_description", filter.searches));
        }
        std::vector<Sql> conditions;
        conditions.reserve(filter.search_in.size());
        for (const auto& column : filter.search_in) {
            conditions.push_back(search_in(column, filter.searches));
        }
        return any_of(std::move(conditions));
    }

    Sql attribute(const AttributeFilter& wanted) const {
        return has_value(wanted.name, one_of("folded_value", storable(wanted.values)));
    }

    // What the engine can have stored.
    std::vector<std::string> storable(std::vector<std::string> texts) const {
        if (!words_.keeps_nul) {
            std::erase_if(texts, [](const std::string& text) { return text.contains('\0'); });
        }
        return texts;
    }

private:
    Sql search_in(const std::string& column, const std::vector<std::string>& wanted) const {
        if (column == "gene_stable_id") return contains_one("folded_id", wanted);
        if (column == "gene_name") return contains_one("folded_name", wanted);
        if (column == "gene_description") return contains_one("folded_description", wanted);
        return has_value(column, contains_one("folded_value", wanted));
    }

    // A value of the attribute meets the condition.
    Sql has_value(std::string_view name, const Sql& condition) const {
        const auto found = std::ranges::find(attributes_, name, &AttributeColumn::name);
        if (found == attributes_.end()) return {"1 = 0"};
        Sql exists{.text =
                       "EXISTS (SELECT 1 FROM gene_attribute WHERE gene_attribute.dataset_id = "
                       "gene.dataset_id AND gene_attribute.gene_order = gene.gene_order AND "
                       "attribute = ? AND ",
                   .values = {std::int64_t{found - attributes_.begin()}}};
        return exists.append(condition).append(")");
    }

    const EngineWords& words_;
    std::span<const AttributeColumn> attributes_;
};

void require_overlap(Sql& where, const std::vector<Region>& regions) {
    if (regions.empty()) return;
    std::vector<Sql> conditions;
    conditions.reserve(regions.size());
    for (const auto& region : regions) {
        conditions.push_back(Sql{.text = "(chromosome = ? AND gene_start <= ? AND gene_end >= ?)",
                                 .values = {region.chromosome(), region.last(), region.first()}});
    }
    where.append(" AND ").append(any_of(std::move(conditions)));
}

std::string_view column_of(SortField field) {
    switch (field) {
        case SortField::gene_start:
            return "gene_start";
        case SortField::gene_end:
            return "gene_end";
        case SortField::gene_name:
            return "folded_name";
        case SortField::length:
            return "gene_length";
        case SortField::gene_stable_id:
            return "gene_stable_id";
    }
    return "gene_order";
}

}  // namespace

Sql where_clause(const EngineWords& words,
                 std::int64_t dataset_id,
                 std::span<const AttributeColumn> attributes,
                 const GeneFilter& filter) {
    const Conditions conditions(words, attributes);
    Sql where{.text = " WHERE dataset_id = ?", .values = {dataset_id}};
    const auto require = [&](bool wanted, const auto& condition) {
        if (wanted) where.append(" AND ").append(condition());
    };
    const auto equal = [&](std::string_view column, const std::vector<std::string>& wanted) {
        require(!wanted.empty(), [&] { return one_of(column, conditions.storable(wanted)); });
    };
    equal("folded_id", filter.gene_stable_ids);
    equal("folded_name", filter.gene_names);
    require(!filter.gene_types.empty(),
            [&] { return conditions.contains_one("folded_type", filter.gene_types); });
    equal("folded_type", filter.biotypes);
    equal("chromosome", filter.chromosomes);
    require(!filter.searches.empty(), [&] { return conditions.search(filter); });
    for (const auto& wanted : filter.attributes) {
        require(true, [&] { return conditions.attribute(wanted); });
    }
    require_overlap(where, filter.regions);
    require_overlap(where, filter.bands);
    if (filter.strand) where.append(" AND strand = ?", {static_cast<std::int64_t>(*filter.strand)});
    if (filter.min_length) where.append(" AND gene_length >= ?", {*filter.min_length});
    if (filter.max_length) where.append(" AND gene_length <= ?", {*filter.max_length});
    return where;
}

std::string order_clause(const Sort& sort) {
    std::string order = " ORDER BY ";
    for (const auto& [field, descending] : sort) {
        const auto column = column_of(field);
        order.append(column).append(" IS NULL, ").append(column);
        order.append(descending ? " DESC, " : ", ");
    }
    return order + "gene_order";
}

}  // namespace chr21::sql
