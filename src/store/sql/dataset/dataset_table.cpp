#include "store/sql/dataset/dataset_table.hpp"

#include "store/gene_store.hpp"
#include "store/sql/dataset/posting.hpp"
#include "store/sql/dataset/told_rows.hpp"
#include "store/sql/engine/query.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace chr21::sql {
namespace {

void read_attribute_columns(Session& session, std::vector<NumberedDataset>& datasets) {
    const Sql sql{
        "SELECT dataset_id, name, header FROM dataset_attribute ORDER BY dataset_id, attribute"};
    std::int64_t id = 0;
    AttributeColumn column;
    Query query(session, sql);
    query.into(id, column.name, column.header);
    while (query.next()) {
        const auto owner = std::ranges::find(datasets, id, &NumberedDataset::id);
        if (owner != datasets.end()) owner->dataset.attributes.push_back(column);
    }
}

// Of the datasets that have the third step of the schema.
void read_further_headers(Session& session, std::vector<NumberedDataset>& datasets) {
    const Sql sql{
        "SELECT dataset_id, attribute, header FROM dataset_further_column "
        "ORDER BY dataset_id, attribute, column_number"};
    std::int64_t id = 0;
    std::int64_t attribute = 0;
    std::string header;
    Query query(session, sql);
    query.into(id, attribute, header);
    while (query.next()) {
        const auto owner = std::ranges::find(datasets, id, &NumberedDataset::id);
        if (owner == datasets.end() || !owner->has_lists) continue;
        auto& columns = owner->dataset.attributes;
        if (attribute < 0 || !std::cmp_less(attribute, columns.size())) {
            report_damage("a further column of an attribute numbered " + std::to_string(attribute));
        }
        columns[static_cast<std::size_t>(attribute)].further_headers.push_back(header);
    }
}

void read_chromosomes(Session& session, NumberedDataset& dataset) {
    const Sql sql{.text =
                      "SELECT chromosome, first_gene_order, gene_count FROM dataset_chromosome "
                      "WHERE dataset_id = ? ORDER BY first_gene_order",
                  .values = {dataset.id}};
    ChromosomeGenes genes;
    Query query(session, sql);
    query.into(genes.chromosome, genes.first_order, genes.count);
    while (query.next()) dataset.chromosomes.push_back(genes);
}

std::optional<NumberedDataset> read_one(Session& session, const Sql& condition) {
    auto found = select_datasets(session, condition);
    if (found.empty()) return {};
    if (found.front().has_postings) read_chromosomes(session, found.front());
    return std::move(found.front());
}

std::int64_t next_id(Session& session) {
    const Sql sql{
        "SELECT max(id) FROM (SELECT coalesce(max(id), 0) AS id FROM dataset UNION ALL "
        "SELECT coalesce(max(dataset_id), 0) FROM taken_dataset_id) AS ids"};
    std::int64_t last_id = 0;
    Query(session, sql).into(last_id).next();
    return last_id + 1;
}

void insert_attribute_columns(Session& session,
                              std::int64_t id,
                              const std::vector<AttributeColumn>& columns) {
    constexpr std::array<std::string_view, 4> names{"dataset_id", "attribute", "name", "header"};
    const auto rows = write_told_rows(session, "dataset_attribute", names);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        rows->number(id);
        rows->number(static_cast<std::int64_t>(i));
        rows->text(columns[i].name);
        rows->text(columns[i].header);
        rows->end_row();
    }
    rows->finish();
}

void insert_further_headers(Session& session,
                            std::int64_t id,
                            const std::vector<AttributeColumn>& columns) {
    constexpr std::array<std::string_view, 4> names{
        "dataset_id", "attribute", "column_number", "header"};
    const auto rows = write_told_rows(session, "dataset_further_column", names);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        std::int64_t number = 0;
        for (const auto& header : columns[i].further_headers) {
            rows->number(id);
            rows->number(static_cast<std::int64_t>(i));
            rows->number(++number);
            rows->text(header);
            rows->end_row();
        }
    }
    rows->finish();
}

}  // namespace

std::int64_t schema_version(Session& session) {
    Sql sql{"SELECT coalesce(max(version), 0) FROM schema_migration WHERE "};
    sql.append(session.engine().words().is_whole_step);
    std::int64_t version = 0;
    Query(session, sql).into(version).next();
    return version;
}

std::vector<NumberedDataset> select_datasets(Session& session, const Sql& condition) {
    const auto schema = schema_version(session);
    const bool has_attributes = schema >= schema_of_attributes;
    Sql sql{
        "SELECT id, active, name, species, assembly, ensembl_release, source, sha256, gene_count, "
        "loaded_at"};
    sql.append(has_attributes ? ", CASE WHEN EXISTS (SELECT 1 FROM gene_posting WHERE "
                                "dataset_id = id) THEN 1 ELSE 0 END"
                              : ", 0");
    sql.append(has_attributes ? ", CASE WHEN EXISTS (SELECT 1 FROM gene_posting WHERE "
                                "dataset_id = id AND term = " +
                                    std::to_string(lists_term()) + ") THEN 1 ELSE 0 END"
                              : ", 0");
    sql.append(" FROM dataset");
    sql.append(condition).append(" ORDER BY id");
    NumberedDataset row;
    auto& dataset = row.dataset;
    std::int64_t active = 0;
    std::int64_t has_postings = 0;
    std::int64_t has_lists = 0;
    std::int64_t gene_count = 0;
    Nullable<std::string> species;
    Nullable<std::string> assembly;
    Nullable<std::string> release;
    Query query(session, sql);
    query.into(row.id, active, dataset.name, species, assembly, release);
    query.into(dataset.source, dataset.sha256, gene_count, dataset.loaded_at, has_postings);
    query.into(has_lists);
    std::vector<NumberedDataset> found;
    while (query.next()) {
        row.active = active != 0;
        row.has_postings = has_postings != 0;
        row.has_lists = has_lists != 0;
        dataset.species = species.take();
        dataset.assembly = assembly.take();
        dataset.release = release.take();
        dataset.gene_count = static_cast<std::uint64_t>(gene_count);
        found.push_back(row);
    }
    if (has_attributes && !found.empty()) read_attribute_columns(session, found);
    for (auto& one : found) {
        one.dataset.keeps_rows = one.has_lists || one.dataset.attributes.empty();
    }
    if (schema >= schema_of_lists && !found.empty()) read_further_headers(session, found);
    return found;
}

std::optional<NumberedDataset> read_active(Session& session) {
    return read_one(session, {" WHERE active = 1"});
}

std::optional<NumberedDataset> read_dataset(Session& session, std::int64_t id) {
    return read_one(session, {" WHERE id = ?", {id}});
}

bool has_dataset(Session& session, std::int64_t id) {
    const Sql sql{.text = "SELECT id FROM dataset WHERE id = ?", .values = {id}};
    std::int64_t found = 0;
    return Query(session, sql).into(found).next();
}

NumberedDataset require_dataset(Session& session,
                                const std::string& place,
                                std::optional<std::int64_t> id) {
    auto found = id ? read_dataset(session, *id) : read_active(session);
    if (found) return *std::move(found);
    if (!id) throw StoreUnavailable(place + ": no dataset has been stored in it");
    throw DatasetDropped(place + ": the dataset that was asked for has been dropped from it");
}

std::int64_t insert_dataset(Session& session, const Dataset& dataset) {
    constexpr std::array<std::string_view, 10> columns{"id",
                                                       "active",
                                                       "name",
                                                       "species",
                                                       "assembly",
                                                       "ensembl_release",
                                                       "source",
                                                       "sha256",
                                                       "gene_count",
                                                       "loaded_at"};
    const auto id = next_id(session);
    const auto row = session.engine().write_rows(session, "dataset", columns);
    row->number(id);
    row->number(0);
    row->text(dataset.name);
    row->text_or_null(dataset.species);
    row->text_or_null(dataset.assembly);
    row->text_or_null(dataset.release);
    row->text(dataset.source);
    row->text(dataset.sha256);
    row->number(static_cast<std::int64_t>(dataset.gene_count));
    row->text(dataset.loaded_at);
    row->end_row();
    row->finish();
    session.run("INSERT INTO taken_dataset_id (dataset_id) VALUES (" + std::to_string(id) + ")");
    insert_attribute_columns(session, id, dataset.attributes);
    insert_further_headers(session, id, dataset.attributes);
    return id;
}

void make_active(Session& session, std::int64_t id) {
    session.run("UPDATE dataset SET active = 0 WHERE active = 1");
    session.run("UPDATE dataset SET active = 1 WHERE id = " + std::to_string(id));
}

void delete_dataset(Session& session, std::int64_t id) {
    const auto number = std::to_string(id);
    for (const auto* table : {"gene_posting",
                              "gene_attribute",
                              "gene_attribute_rows",
                              "gene",
                              "dataset_chromosome",
                              "dataset_attribute",
                              "dataset_further_column",
                              "dataset_digest",
                              "dataset_gene_type",
                              "gene_sort",
                              "suggestion_list"}) {
        session.run(std::string("DELETE FROM ") + table + " WHERE dataset_id = " + number);
    }
    session.run("DELETE FROM dataset WHERE id = " + number);
}

}  // namespace chr21::sql
