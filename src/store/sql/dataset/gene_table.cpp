#include "store/sql/dataset/gene_table.hpp"

#include "gene/attribute_rows.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/engine/session.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace chr21::sql {
namespace {

using Text = Nullable<std::string>;
using Number = Nullable<std::int64_t>;

std::optional<Position> to_position(Number& column) {
    const auto number = column.take();
    if (!number) return {};
    if (*number < 1 || !std::in_range<Position>(*number)) {
        report_damage("a position of " + std::to_string(*number));
    }
    return static_cast<Position>(*number);
}

std::optional<Strand> to_strand(Number& column) {
    const auto number = column.take();
    if (!number) return {};
    if (*number != 1 && *number != -1) report_damage("a strand of " + std::to_string(*number));
    return static_cast<Strand>(*number);
}

// The values of gene_attribute, one after another in the order of gene, attribute and value.
class AttributeValues {
public:
    AttributeValues(Session& session, const NumberedDataset& dataset, const Sql& condition)
        : columns_(dataset.dataset.attributes),
          sql_{.text =
                   "SELECT gene_order, attribute, value FROM gene_attribute WHERE dataset_id = ?",
               .values = {dataset.id}},
          query_(session, sql_) {
        sql_.append(condition).append(" ORDER BY gene_order, attribute, value_number");
        query_.into(gene_order_, attribute_, value_);
        more_ = query_.next();
    }

    // Must be asked for rising orders.
    void take(std::int64_t gene_order, std::vector<Attribute>& attributes) {
        for (; more_ && gene_order_ <= gene_order; more_ = query_.next()) {
            if (gene_order_ < gene_order) continue;
            const auto& name = column().name;
            if (attributes.empty() || attributes.back().name != name) {
                attributes.push_back({.name = name});
            }
            attributes.back().values.push_back(std::exchange(value_, {}));
        }
    }

private:
    const AttributeColumn& column() const {
        if (!std::cmp_less(attribute_, columns_.size()) || attribute_ < 0) {
            report_damage("an attribute numbered " + std::to_string(attribute_));
        }
        return columns_[static_cast<std::size_t>(attribute_)];
    }

    const std::vector<AttributeColumn>& columns_;
    std::int64_t gene_order_ = 0;
    std::int64_t attribute_ = 0;
    std::string value_;
    Sql sql_;
    Query query_;
    bool more_ = false;
};

// Their rows, likewise.
class PackedRows {
public:
    PackedRows(Session& session, const NumberedDataset& dataset, const Sql& condition)
        : width_(width_of(dataset.dataset)),
          sql_{.text =
                   "SELECT gene_order, attribute_rows FROM gene_attribute_rows "
                   "WHERE dataset_id = ?",
               .values = {dataset.id}},
          query_(session, sql_) {
        sql_.append(condition).append(" ORDER BY gene_order");
        query_.into(gene_order_, rows_);
        more_ = query_.next();
    }

    void take(std::int64_t gene_order, Gene& gene) {
        for (; more_ && gene_order_ < gene_order; more_ = query_.next()) continue;
        if (!more_ || gene_order_ != gene_order) return;
        const auto rows = AttributeRows::unpack(rows_);
        if (!rows || rows->width() != width_) report_damage("rows of attributes that do not fit");
        gene.attribute_rows = std::exchange(rows_, {});
        more_ = query_.next();
    }

private:
    static std::size_t width_of(const Dataset& dataset) {
        std::size_t width = 0;
        for (const auto& column : dataset.attributes) width += cells_of(column);
        return width;
    }

    std::size_t width_;
    std::int64_t gene_order_ = 0;
    std::string rows_;
    Sql sql_;
    Query query_;
    bool more_ = false;
};

// Gives genes of rising orders their attributes, of which each statement meets the condition.
template <class Range>
void attach(Session& session,
            const NumberedDataset& dataset,
            const Sql& condition,
            const Range& genes_in_order) {
    {
        AttributeValues values(session, dataset, condition);
        for (const auto& [order, gene] : genes_in_order) values.take(order, gene->attributes);
    }
    if (!dataset.has_lists) return;
    PackedRows rows(session, dataset, condition);
    for (const auto& [order, gene] : genes_in_order) rows.take(order, *gene);
}

// The genes of the selection, with their orders.
std::vector<std::pair<std::int64_t, Gene*>> pairs_of(SelectedGenes& selected) {
    std::vector<std::pair<std::int64_t, Gene*>> pairs;
    pairs.reserve(selected.genes.size());
    for (std::size_t i = 0; i < selected.genes.size(); ++i) {
        pairs.emplace_back(selected.orders[i], &selected.genes[i]);
    }
    return pairs;
}

}  // namespace

SelectedGenes select_genes(Session& session, const Sql& rest, std::size_t expected) {
    Sql sql{
        "SELECT gene_order, gene_stable_id, gene_name, gene_description, chromosome, gene_start, "
        "gene_end, strand, gene_type FROM gene"};
    sql.append(rest);
    std::int64_t gene_order = 0;
    std::string stable_id;
    Text name;
    Text description;
    Text chromosome;
    Number start;
    Number end;
    Number strand;
    Text type;
    Query query(session, sql);
    query.into(gene_order, stable_id, name, description, chromosome, start, end, strand, type);
    SelectedGenes selected;
    selected.genes.reserve(expected);
    selected.orders.reserve(expected);
    while (query.next()) {
        selected.orders.push_back(gene_order);
        selected.genes.push_back({.gene_stable_id = std::exchange(stable_id, {}),
                                  .gene_name = name.take(),
                                  .gene_description = description.take(),
                                  .chromosome = chromosome.take(),
                                  .gene_start = to_position(start),
                                  .gene_end = to_position(end),
                                  .strand = to_strand(strand),
                                  .gene_type = type.take()});
    }
    return selected;
}

SelectedGenes select_in_order(Session& session,
                              const NumberedDataset& dataset,
                              const std::vector<std::int64_t>& orders) {
    if (orders.empty()) return {};
    Sql rest{.text = " WHERE dataset_id = ? AND ", .values = {dataset.id}};
    auto found = select_genes(session, rest.append(in_gene_orders(orders)));
    if (found.genes.empty()) return {};
    std::map<std::int64_t, std::size_t> places;
    for (std::size_t i = 0; i < found.orders.size(); ++i) places.emplace(found.orders[i], i);
    SelectedGenes ordered{.orders = orders};
    for (const auto order : orders) {
        const auto place = places.find(order);
        if (place == places.end()) report_damage("a list with a gene that is not there");
        ordered.genes.push_back(std::move(found.genes[place->second]));
    }
    return ordered;
}

std::vector<Gene> select_all_genes(Session& session, const NumberedDataset& dataset) {
    // What a damaged database says of itself may be any number.
    constexpr std::uint64_t most_expected = std::uint64_t{1} << 22U;
    auto selected =
        select_genes(session,
                     {.text = " WHERE dataset_id = ? ORDER BY gene_order", .values = {dataset.id}},
                     std::min(dataset.dataset.gene_count, most_expected));
    if (!dataset.dataset.attributes.empty()) attach(session, dataset, {}, pairs_of(selected));
    return std::move(selected.genes);
}

void for_each_gene(Session& session,
                   const NumberedDataset& dataset,
                   const std::function<void(const Gene&)>& visit) {
    constexpr std::size_t at_once = 4096;
    for (std::int64_t first = 0;;) {
        auto selected = select_genes(
            session,
            {.text = " WHERE dataset_id = ? AND gene_order >= ? ORDER BY gene_order LIMIT " +
                     std::to_string(at_once),
             .values = {dataset.id, first}},
            at_once);
        const auto& [genes, orders] = selected;
        if (!dataset.dataset.attributes.empty() && !genes.empty()) {
            attach(session,
                   dataset,
                   {" AND gene_order BETWEEN ? AND ?", {first, orders.back()}},
                   pairs_of(selected));
        }
        for (const auto& gene : genes) visit(gene);
        if (genes.size() < at_once) return;
        first = orders.back() + 1;
    }
}

void attach_attributes(Session& session, const NumberedDataset& dataset, SelectedGenes& selected) {
    if (dataset.dataset.attributes.empty() || selected.genes.empty()) return;
    auto pairs = pairs_of(selected);
    std::ranges::sort(pairs);
    Sql condition{" AND "};
    attach(session, dataset, condition.append(in_gene_orders(selected.orders)), pairs);
}

Sql in_gene_orders(const std::vector<std::int64_t>& orders) {
    if (orders.empty()) return {"1 = 0"};
    std::string numbers;
    for (const auto order : orders) {
        numbers.append(numbers.empty() ? "" : ", ").append(std::to_string(order));
    }
    return {"gene_order IN (" + numbers + ")"};
}

}  // namespace chr21::sql
