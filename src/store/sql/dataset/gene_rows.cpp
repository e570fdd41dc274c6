#include "store/sql/dataset/gene_rows.hpp"

#include "gene/other_names.hpp"
#include "gene/region.hpp"
#include "store/sql/dataset/gene_lists.hpp"
#include "store/sql/dataset/posting.hpp"
#include "store/sql/dataset/told_rows.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace chr21::sql {
namespace {

constexpr std::array<std::string_view, 16> gene_columns{"dataset_id",
                                                        "gene_order",
                                                        "gene_stable_id",
                                                        "gene_name",
                                                        "gene_description",
                                                        "chromosome",
                                                        "gene_start",
                                                        "gene_end",
                                                        "strand",
                                                        "gene_type",
                                                        "gene_length",
                                                        "folded_id",
                                                        "folded_name",
                                                        "folded_name_bytes",
                                                        "folded_description",
                                                        "folded_type"};

constexpr std::array<std::string_view, 6> attribute_columns{
    "dataset_id", "gene_order", "attribute", "value_number", "value", "folded_value"};

constexpr std::array<std::string_view, 4> posting_columns{
    "dataset_id", "term", "gene_count", "gene_orders"};

std::optional<std::string> folded(const std::optional<std::string>& text) {
    if (!text) return {};
    return fold(*text);
}

std::optional<std::size_t> bytes_of(const std::optional<std::string>& text) {
    if (!text) return {};
    return text->size();
}

// A list that so many genes share does not help to find few of them.
std::uint32_t most_in_a_posting(std::size_t genes) {
    constexpr std::size_t share = 16;
    constexpr std::size_t always = 4096;
    return static_cast<std::uint32_t>(std::max(always, genes / share));
}

// One engine connection may write one table at a time, so the tables follow each other.
class NewGenes {
public:
    NewGenes(Session& session,
             std::int64_t dataset_id,
             const Dataset& dataset,
             std::span<const Gene* const> genes)
        : session_(session), dataset_id_(dataset_id), dataset_(dataset), genes_(genes) {}

    // The genes' terms are collected from now on, on a thread of their own.
    void write_genes(const Progress& progress) {
        collected_ = std::async(std::launch::async, [this] { collect_terms(); });
        constexpr std::uint32_t progress_every = 2000;
        const auto rows = write_told_rows(session_, "gene", gene_columns);
        for (std::uint32_t order = 0; order < genes_.size(); ++order) {
            write_gene(*rows, order, *genes_[order]);
            if (progress && order % progress_every == 0) progress(order);
        }
        rows->finish();
        if (progress) progress(genes_.size());
    }

    void write_chromosomes() const {
        constexpr std::array<std::string_view, 4> columns{
            "dataset_id", "first_gene_order", "chromosome", "gene_count"};
        const auto rows = write_told_rows(session_, "dataset_chromosome", columns);
        const auto chromosome_at = [&](std::size_t order) { return genes_[order]->chromosome; };
        for (std::size_t first = 0, end = 0; first < genes_.size(); first = end) {
            const auto chromosome = chromosome_at(first);
            while (end < genes_.size() && chromosome_at(end) == chromosome) ++end;
            if (!chromosome) continue;
            rows->number(dataset_id_);
            rows->number(static_cast<std::int64_t>(first));
            rows->text(*chromosome);
            rows->number(static_cast<std::int64_t>(end - first));
            rows->end_row();
        }
        rows->finish();
    }

    // What comes after this needs the terms.
    void await_terms() { collected_.get(); }

    void write_attributes() {
        const auto rows = write_told_rows(session_, "gene_attribute", attribute_columns);
        for (std::uint32_t order = 0; order < genes_.size(); ++order) {
            std::size_t position = 0;
            for (const auto& attribute : genes_[order]->attributes) {
                position = position_of(attribute, position, *genes_[order]);
                write_values(*rows, order, position, attribute.values);
                ++position;
            }
        }
        rows->finish();
    }

    void write_attribute_rows() const {
        constexpr std::array<std::string_view, 3> columns{
            "dataset_id", "gene_order", "attribute_rows"};
        const auto rows = write_told_rows(session_, "gene_attribute_rows", columns);
        for (std::uint32_t order = 0; order < genes_.size(); ++order) {
            const auto& packed = genes_[order]->attribute_rows;
            if (packed.empty()) continue;
            rows->number(dataset_id_);
            rows->number(order);
            rows->text(packed);
            rows->end_row();
        }
        rows->finish();
    }

    void write_postings() const {
        const auto rows = write_told_rows(session_, "gene_posting", posting_columns);
        postings_.for_each([&](const Posting& posting) {
            rows->number(dataset_id_);
            rows->number(posting.term);
            rows->number(posting.gene_count);
            posting.gene_orders ? rows->text(*posting.gene_orders) : rows->null();
            rows->end_row();
        });
        rows->finish();
    }

    void write_lists() const {
        write_gene_types();
        write_sorts();
        constexpr std::array<std::string_view, 3> columns{
            "dataset_id", "folded_text", "gene_orders"};
        const auto rows = write_told_rows(session_, "suggestion_list", columns);
        for (const auto& [text, genes] : lists_.value().suggestions()) {
            const auto list = to_posting_list(genes);
            rows->number(dataset_id_);
            rows->text(text);
            rows->text(list);
            rows->end_row();
        }
        rows->finish();
    }

private:
    void write_gene_types() const {
        constexpr std::array<std::string_view, 5> columns{
            "dataset_id", "type_number", "folded_type", "gene_count", "gene_orders"};
        const auto rows = write_told_rows(session_, "dataset_gene_type", columns);
        std::int64_t number = 0;
        for (const auto& [type, genes] : lists_.value().types()) {
            const auto list = to_posting_list(genes);
            rows->number(dataset_id_);
            rows->number(number++);
            rows->text(type);
            rows->number(static_cast<std::int64_t>(genes.size()));
            if (genes.size() <= most_in_a_posting(genes_.size())) {
                rows->text(list);
            } else {
                rows->null();
            }
            rows->end_row();
        }
        rows->finish();
    }

    void write_sorts() const {
        constexpr std::array<std::string_view, 4> columns{
            "dataset_id", "sort_key", "piece", "gene_orders"};
        const auto rows = write_told_rows(session_, "gene_sort", columns);
        for (std::size_t key = 0; key < sort_keys; ++key) {
            std::span<const std::uint32_t> rest = lists_.value().sorted().at(key);
            for (std::int64_t piece = 0; !rest.empty(); ++piece) {
                const auto some = rest.first(std::min(rest.size(), genes_of_piece));
                rest = rest.subspan(some.size());
                const auto list = to_list(some);
                rows->number(dataset_id_);
                rows->number(static_cast<std::int64_t>(key));
                rows->number(piece);
                rows->text(list);
                rows->end_row();
            }
        }
        rows->finish();
    }

    void write_gene(RowWriter& row, std::uint32_t order, const Gene& gene) const {
        const auto folded_id = fold(gene.gene_stable_id);
        const auto folded_name = folded(gene.gene_name);
        const auto folded_description = folded(gene.gene_description);
        const auto folded_type = folded(gene.gene_type);
        row.number(dataset_id_);
        row.number(order);
        row.text(gene.gene_stable_id);
        row.text_or_null(gene.gene_name);
        row.text_or_null(gene.gene_description);
        row.text_or_null(gene.chromosome);
        row.number_or_null(gene.gene_start);
        row.number_or_null(gene.gene_end);
        row.number_or_null(gene.strand);
        row.text_or_null(gene.gene_type);
        row.number_or_null(length(gene));
        row.text(folded_id);
        row.text_or_null(folded_name);
        row.number_or_null(bytes_of(folded_name));
        row.text_or_null(folded_description);
        row.text_or_null(folded_type);
        row.end_row();
    }

    void collect_terms() {
        for (std::uint32_t order = 0; order < genes_.size(); ++order) {
            const auto& gene = *genes_[order];
            if (gene.gene_name) postings_.add_text(order, fold(*gene.gene_name));
            if (gene.gene_description) postings_.add_text(order, fold(*gene.gene_description));
            if (const auto place = region_of(gene)) postings_.add_place(order, *place);
            postings_.add_unversioned(order, fold(gene.gene_stable_id));
        }
        lists_.emplace(genes_);
    }

    void write_values(RowWriter& row,
                      std::uint32_t order,
                      std::size_t position,
                      const std::vector<std::string>& values) {
        const auto kind = other_name_of(dataset_.attributes[position].name);
        for (std::size_t number = 0; number < values.size(); ++number) {
            const auto folded_value = fold(values[number]);
            row.number(dataset_id_);
            row.number(order);
            row.number(static_cast<std::int64_t>(position));
            row.number(static_cast<std::int64_t>(number));
            row.text(values[number]);
            row.text(folded_value);
            row.end_row();
            postings_.add_attribute(order, position, folded_value);
            if (kind == OtherName::identifier) {
                postings_.add_unversioned_value(order, position, folded_value);
            }
        }
    }

    std::size_t position_of(const Attribute& attribute, std::size_t from, const Gene& gene) const {
        const auto& columns = dataset_.attributes;
        const auto found = std::find_if(
            columns.begin() + static_cast<std::ptrdiff_t>(std::min(from, columns.size())),
            columns.end(),
            [&](const AttributeColumn& column) { return column.name == attribute.name; });
        if (found == columns.end()) {
            throw std::invalid_argument("gene " + gene.gene_stable_id + " has the attribute " +
                                        attribute.name + ", which dataset " + dataset_.name +
                                        " does not name, or not in that order");
        }
        return static_cast<std::size_t>(found - columns.begin());
    }

    Session& session_;
    std::int64_t dataset_id_;
    const Dataset& dataset_;
    std::span<const Gene* const> genes_;
    Postings postings_{most_in_a_posting(genes_.size())};
    std::optional<GeneLists> lists_;
    std::future<void> collected_;  // last, so that the thread has ended before all else goes
};

}  // namespace

void insert_genes(Session& session,
                  std::int64_t dataset_id,
                  const Dataset& dataset,
                  std::span<const Gene* const> genes,
                  const Progress& progress) {
    NewGenes rows(session, dataset_id, dataset, genes);
    {
        const auto indexes = session.engine().prepare_for_rows(session, "gene", genes.size());
        rows.write_genes(progress);
        for (const auto& statement : indexes) session.run(statement);
    }
    rows.write_chromosomes();
    rows.await_terms();
    rows.write_attributes();
    rows.write_attribute_rows();
    rows.write_postings();
    rows.write_lists();
}

}  // namespace chr21::sql
