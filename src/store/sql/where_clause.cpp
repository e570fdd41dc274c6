#include "store/sql/where_clause.hpp"

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

void require_equal(Sql& where, std::string_view column, const std::vector<std::string>& wanted) {
    if (wanted.empty()) return;
    where.append(" AND ").append(column).append(" IN (");
    for (std::size_t i = 0; i < wanted.size(); ++i) where.append(i == 0 ? "?" : ", ?", {wanted[i]});
    where.append(")");
}

// instr() and not LIKE, which would take "%" and "_" for wildcards.
void require_part(Sql& where,
                  const std::vector<std::string_view>& columns,
                  const std::vector<std::string>& wanted) {
    if (wanted.empty()) return;
    std::vector<Sql> conditions;
    for (const auto& part : wanted) {
        for (const auto column : columns) {
            Sql contains{.text = "instr("};
            conditions.push_back(contains.append(column).append(", ?) > 0", {part}));
        }
    }
    where.append(" AND ").append(any_of(std::move(conditions)));
}

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

Sql& Sql::append(std::string_view more, std::vector<SqlValue> bound) {
    text += more;
    std::ranges::move(bound, std::back_inserter(values));
    return *this;
}

Sql& Sql::append(const Sql& more) { return append(more.text, more.values); }

Sql where_clause(std::int64_t dataset_id, const GeneFilter& filter) {
    Sql where{.text = " WHERE dataset_id = ?", .values = {dataset_id}};
    require_equal(where, "folded_id", filter.gene_stable_ids);
    require_equal(where, "folded_name", filter.gene_names);
    require_part(where, {"folded_type"}, filter.gene_types);
    require_equal(where, "chromosome", filter.chromosomes);
    require_part(where, {"folded_name", "folded_description"}, filter.searches);
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
