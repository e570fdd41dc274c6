#include "store/sql/gene_table.hpp"

#include "gene/fold.hpp"
#include "store/sql/connection.hpp"
#include "store/sql/query.hpp"

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

template <class Value>
Nullable<Value> to_column(const std::optional<Value>& value) {
    if (!value) return {};
    return {.value = *value, .indicator = soci::i_ok};
}

template <class Value>
Number to_number(const std::optional<Value>& value) {
    if (!value) return {};
    return {.value = static_cast<std::int64_t>(*value), .indicator = soci::i_ok};
}

Text folded(const std::optional<std::string>& text) {
    if (!text) return {};
    return {.value = fold(*text), .indicator = soci::i_ok};
}

// A row of the gene table as it is written; the variables that the INSERT is bound to.
struct NewRow {
    std::int64_t dataset_id = 0;
    std::int64_t gene_order = 0;
    std::string stable_id;
    Text name, description, chromosome;
    Number start, end, strand;
    Text type;
    Number length;
    std::string folded_id;
    Text folded_name;
    Number folded_name_bytes;
    Text folded_description, folded_type;

    void fill(const Gene& gene) {
        stable_id = gene.gene_stable_id;
        name = to_column(gene.gene_name);
        description = to_column(gene.gene_description);
        chromosome = to_column(gene.chromosome);
        start = to_number(gene.gene_start);
        end = to_number(gene.gene_end);
        strand = to_number(gene.strand);
        type = to_column(gene.gene_type);
        length = to_number(chr21::length(gene));
        folded_id = fold(gene.gene_stable_id);
        folded_name = folded(gene.gene_name);
        folded_name_bytes = {.value = static_cast<std::int64_t>(folded_name.value.size()),
                             .indicator = folded_name.indicator};
        folded_description = folded(gene.gene_description);
        folded_type = folded(gene.gene_type);
    }
};

void insert_genes(soci::session& session, std::int64_t dataset_id, const std::vector<Gene>& genes) {
    NewRow row{.dataset_id = dataset_id};
    soci::statement insert =
        (session.prepare
             << "INSERT INTO gene (dataset_id, gene_order, gene_stable_id, gene_name, "
                "gene_description, chromosome, gene_start, gene_end, strand, gene_type, "
                "gene_length, folded_id, folded_name, folded_name_bytes, "
                "folded_description, folded_type) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
         soci::use(row.dataset_id),
         soci::use(row.gene_order),
         soci::use(row.stable_id),
         use(row.name),
         use(row.description),
         use(row.chromosome),
         use(row.start),
         use(row.end),
         use(row.strand),
         use(row.type),
         use(row.length),
         soci::use(row.folded_id),
         use(row.folded_name),
         use(row.folded_name_bytes),
         use(row.folded_description),
         use(row.folded_type));
    for (const auto& gene : genes) {
        row.fill(gene);
        insert.execute(true);
        ++row.gene_order;
    }
}

void insert_dataset(soci::session& session, std::int64_t id, const Dataset& dataset) {
    auto species = to_column(dataset.species);
    auto assembly = to_column(dataset.assembly);
    auto release = to_column(dataset.release);
    const auto gene_count = static_cast<std::int64_t>(dataset.gene_count);
    session << "INSERT INTO dataset (id, name, species, assembly, ensembl_release, source, sha256, "
               "gene_count, loaded_at, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        soci::use(id), soci::use(dataset.name), use(species), use(assembly), use(release),
        soci::use(dataset.source), soci::use(dataset.sha256), soci::use(gene_count),
        soci::use(dataset.loaded_at);
}

}  // namespace

std::optional<NumberedDataset> read_active(soci::session& session) {
    const Sql sql{
        "SELECT id, name, species, assembly, ensembl_release, source, sha256, gene_count, "
        "loaded_at FROM dataset WHERE active = 1"};
    NumberedDataset found;
    auto& dataset = found.dataset;
    Text species;
    Text assembly;
    Text release;
    std::int64_t gene_count = 0;
    Query query(session, sql);
    query.into(found.id,
               dataset.name,
               species,
               assembly,
               release,
               dataset.source,
               dataset.sha256,
               gene_count,
               dataset.loaded_at);
    if (!query.next()) return {};
    dataset.species = species.take();
    dataset.assembly = assembly.take();
    dataset.release = release.take();
    dataset.gene_count = static_cast<std::uint64_t>(gene_count);
    return found;
}

void insert_active(soci::session& session, const Dataset& dataset, const std::vector<Gene>& genes) {
    std::int64_t last_id = 0;
    session << "SELECT coalesce(max(id), 0) FROM dataset", soci::into(last_id);
    session << "UPDATE dataset SET active = 0 WHERE active = 1";
    insert_dataset(session, last_id + 1, dataset);
    insert_genes(session, last_id + 1, genes);
}

std::vector<Gene> select_genes(soci::session& session, const Sql& rest) {
    Sql sql{
        "SELECT gene_stable_id, gene_name, gene_description, chromosome, gene_start, gene_end, "
        "strand, gene_type FROM gene"};
    sql.append(rest);
    std::string stable_id;
    Text name;
    Text description;
    Text chromosome;
    Number start;
    Number end;
    Number strand;
    Text type;
    Query query(session, sql);
    query.into(stable_id, name, description, chromosome, start, end, strand, type);
    std::vector<Gene> genes;
    while (query.next()) {
        genes.push_back({.gene_stable_id = std::exchange(stable_id, {}),
                         .gene_name = name.take(),
                         .gene_description = description.take(),
                         .chromosome = chromosome.take(),
                         .gene_start = to_position(start),
                         .gene_end = to_position(end),
                         .strand = to_strand(strand),
                         .gene_type = type.take()});
    }
    return genes;
}

}  // namespace chr21::sql
