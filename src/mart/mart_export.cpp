#include "mart/mart_export.hpp"

#include "gene/fold.hpp"
#include "mart/gene_row.hpp"
#include "mart/header.hpp"
#include "mart/rows.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

namespace chr21::mart {
namespace {

// The first column in which two genes differ; they must.
Column differing_column(const Gene& left, const Gene& right) {
    if (left.gene_stable_id != right.gene_stable_id) return Column::gene_stable_id;
    if (left.gene_name != right.gene_name) return Column::gene_name;
    if (left.chromosome != right.chromosome) return Column::chromosome;
    if (left.gene_start != right.gene_start) return Column::gene_start;
    if (left.gene_end != right.gene_end) return Column::gene_end;
    if (left.strand != right.strand) return Column::strand;
    if (left.gene_type != right.gene_type) return Column::gene_type;
    return Column::gene_description;
}

// The genes read so far, each once. Stable IDs are told apart without regard to case, as
// everywhere.
class Genes {
public:
    explicit Genes(std::size_t expected) {
        genes_.reserve(expected);
        lines_.reserve(expected);
        by_id_.reserve(expected);
    }

    std::optional<Error> add(Gene gene, std::size_t line) {
        const auto [known, is_new] = by_id_.try_emplace(fold(gene.gene_stable_id), genes_.size());
        if (is_new) {
            genes_.push_back(std::move(gene));
            lines_.push_back(line);
            return {};
        }
        const auto& earlier = genes_[known->second];
        if (gene == earlier) return {};
        return refuse(line,
                      differing_column(gene, earlier),
                      gene.gene_stable_id,
                      "gene " + gene.gene_stable_id + " is already on line " +
                          std::to_string(lines_[known->second]) + " with another value here")
            .error();
    }

    std::vector<Gene> take() && { return std::move(genes_); }

private:
    std::vector<Gene> genes_;
    std::vector<std::size_t> lines_;
    std::unordered_map<std::string, std::size_t> by_id_;
};

}  // namespace

Result<std::vector<Gene>> parse_export(std::string_view text) {
    RowReader rows(text);
    Row row;
    if (!rows.next(row)) {
        return fault("export", "", "line 1: the export is empty; its first line must name columns");
    }
    const auto columns = parse_header(row);
    if (!columns) return std::unexpected(columns.error());

    constexpr std::size_t bytes_of_a_short_row = 64;
    Genes genes(text.size() / bytes_of_a_short_row);
    while (rows.next(row)) {
        auto gene = parse_gene(row, *columns);
        if (!gene) return std::unexpected(std::move(gene.error()));
        if (auto error = genes.add(std::move(*gene), row.line)) {
            return std::unexpected(std::move(*error));
        }
    }
    return std::move(genes).take();
}

}  // namespace chr21::mart
