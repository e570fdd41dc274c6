#include "mart/merged_genes.hpp"

#include "mart/gene_cell.hpp"
#include "mart/printable.hpp"
#include "mart/refused_cell.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace chr21::mart {
bool MergedGenes::Equal::operator()(const Id& id, const Entry& entry) const {
    if (entry.hash != id.hash) return false;
    const auto& known = merged->genes_[entry.index].gene_stable_id;
    return known == id.text || fold(known) == id.folded;
}

MergedGenes::MergedGenes(const Header& header, std::size_t expected)
    : header_(header), by_id_(expected, Hash{}, Equal{this}) {
    genes_.reserve(expected);
    lines_.reserve(expected);
}

std::optional<Error> MergedGenes::add(const Row& row) {
    const auto index = find_or_note(row.cells[header_.stable_id].value(scratch_));
    if (auto error = index < genes_.size() ? merge(row, index) : add_new(row)) return error;
    if (!header_.attributes.empty()) add_attributes(index, row);
    latest_ = index;
    return {};
}

std::size_t MergedGenes::find_or_note(std::string_view stable_id) {
    if (latest_ < genes_.size() && genes_[latest_].gene_stable_id == stable_id) return latest_;
    fold_into(folded_, stable_id);
    const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(folded_));
    const auto known = by_id_.find(Id{.text = stable_id, .folded = folded_, .hash = hash});
    if (known != by_id_.end()) return known->index;
    by_id_.insert(Entry{.hash = hash, .index = static_cast<std::uint32_t>(genes_.size())});
    return genes_.size();
}

std::optional<Error> MergedGenes::add_new(const Row& row) {
    auto& gene = genes_.emplace_back();
    for (const auto& where : header_.gene_cells) {
        const auto value = row.cells[where.place].value(scratch_);
        if (const auto wrong = set_value(gene, where.column, value); !wrong.empty()) {
            return cell_fault(row, where.place, value, wrong);
        }
        if (auto error = compare_repeated(gene, row, where)) return error;
    }
    if (gene.gene_start && gene.gene_end && *gene.gene_start > *gene.gene_end) {
        const auto start =
            std::ranges::find(header_.gene_cells, Column::gene_start, &GeneCell::column);
        return cell_fault(
            row, start->place, std::to_string(*gene.gene_start), why_start_after_end(gene));
    }
    lines_.push_back(row.line);
    return {};
}

std::optional<Error> MergedGenes::merge(const Row& row, std::size_t index) {
    const auto& gene = genes_[index];
    for (const auto& where : header_.gene_cells) {
        const auto value = row.cells[where.place].value(scratch_);
        if (!has_value(gene, where.column, value)) {
            return other_value(row, where, value, index);
        }
        if (auto error = compare_repeated(gene, row, where)) return error;
    }
    return {};
}

std::optional<Error> MergedGenes::compare_repeated(const Gene& gene,
                                                   const Row& row,
                                                   const GeneCell& where) {
    for (const auto place : where.again) {
        const auto value = row.cells[place].value(scratch_);
        if (has_value(gene, where.column, value)) continue;
        return cell_fault(row,
                          place,
                          value,
                          "column " + std::to_string(where.place + 1) + ", " +
                              to_printable(header_.columns[where.place].header) +
                              ", has another value; leave one of the two out");
    }
    return {};
}

Error MergedGenes::other_value(const Row& row,
                               const GeneCell& where,
                               std::string_view value,
                               std::size_t index) const {
    Gene scratch;
    if (const auto wrong = set_value(scratch, where.column, value); !wrong.empty()) {
        return cell_fault(row, where.place, value, wrong);
    }
    const auto id = to_printable(row.cells[header_.stable_id].value());
    return cell_fault(row,
                      where.place,
                      id,
                      "gene " + id + " is already on line " + std::to_string(lines_[index]) +
                          " with another value here");
}

Error MergedGenes::cell_fault(const Row& row,
                              std::size_t place,
                              std::string_view value,
                              std::string_view message) const {
    return cell_error(row.line, header_.columns[place].header, value, message);
}

void MergedGenes::add_attributes(std::size_t index, const Row& row) {
    auto& attributes = genes_[index].attributes;
    cells_.clear();
    std::size_t at = 0;  // the gene has them in the order of the header, without empty ones
    for (std::size_t which = 0; which < header_.attributes.size(); ++which) {
        const auto& name = header_.attributes[which].name;
        bool is_there = at < attributes.size() && attributes[at].name == name;
        for (const auto place : header_.attribute_cells[which]) {
            const auto value = row.cells[place].value(scratch_);
            if (value.empty()) {
                cells_.push_back(0);
                continue;
            }
            const auto here = attributes.begin() + static_cast<std::ptrdiff_t>(at);
            if (!is_there) attributes.insert(here, {.name = name, .values = {}});
            is_there = true;
            cells_.push_back(values_.place_of({index, which}, attributes[at].values, value));
        }
        if (is_there) ++at;
    }
    if (index == attribute_rows_.size()) attribute_rows_.emplace_back(attribute_width());
    attribute_rows_[index].add(cells_);
}

std::size_t MergedGenes::attribute_width() const {
    std::size_t width = 0;
    for (const auto& cells : header_.attribute_cells) width += cells.size();
    return width;
}

bool MergedGenes::are_plain(const AttributeRows& rows) const {
    std::size_t cell = 0;
    for (const auto& cells : header_.attribute_cells) {
        for (std::size_t column = 0; column < cells.size(); ++column, ++cell) {
            const bool is_empty = rows.size() == 0 || rows[0][cell] == 0;
            if (!is_empty && column > 0) return false;
            for (std::size_t at = 0; at < rows.size(); ++at) {
                if (rows[at][cell] != (is_empty ? 0 : at + 1)) return false;
            }
        }
    }
    return true;
}

std::vector<Gene> MergedGenes::take() && {
    for (std::size_t index = 0; index < attribute_rows_.size(); ++index) {
        auto rows = std::exchange(attribute_rows_[index], AttributeRows(0));
        rows.keep_distinct();
        if (!are_plain(rows)) genes_[index].attribute_rows = rows.pack();
    }
    return std::move(genes_);
}

}  // namespace chr21::mart
