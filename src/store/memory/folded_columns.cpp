#include "store/memory/folded_columns.hpp"

#include "gene/fold.hpp"

#include <utility>

namespace chr21::memory {

namespace {

std::vector<SortedTexts::Entry> entries(std::span<const std::string_view> texts) {
    std::vector<SortedTexts::Entry> entries;
    entries.reserve(texts.size());
    for (Ordinal ordinal = 0; ordinal < texts.size(); ++ordinal) {
        entries.push_back({texts[ordinal], ordinal});
    }
    return entries;
}

}  // namespace

FoldedColumns::FoldedColumns(std::span<const GeneRecord> records) : records_(records) {
    std::vector<Extent> extents;
    extents.reserve(records.size());
    for (const auto& record : records) {
        extents.push_back(append(record.gene));
        number_gene_type(record.gene);
    }
    arena_.shrink_to_fit();
    for (auto* column : {&ids_, &names_, &descriptions_, &search_texts_}) {
        column->reserve(records.size());
    }
    for (const auto& extent : extents) append_views(extent);
    gene_types_.resize(number_of_type_.size());
    for (const auto& [type, number] : number_of_type_) gene_types_[number] = type;
}

FoldedColumns::Extent FoldedColumns::append(const Gene& gene) {
    Extent extent{};
    extent.id = arena_.size();
    arena_ += fold(gene.gene_stable_id);
    extent.name = arena_.size();
    if (gene.gene_name) arena_ += fold(*gene.gene_name);
    arena_ += '\0';
    extent.description = arena_.size();
    if (gene.gene_description) arena_ += fold(*gene.gene_description);
    extent.end = arena_.size();
    return extent;
}

void FoldedColumns::append_views(const Extent& extent) {
    const std::string_view arena = arena_;
    const auto& [id, name, description, end] = extent;
    ids_.push_back(arena.substr(id, name - id));
    names_.push_back(arena.substr(name, description - 1 - name));
    descriptions_.push_back(arena.substr(description, end - description));
    search_texts_.push_back(arena.substr(name, end - name));
}

void FoldedColumns::number_gene_type(const Gene& gene) {
    if (!gene.gene_type) {
        type_numbers_.push_back(Columns::no_gene_type);
        return;
    }
    const auto next = static_cast<std::uint32_t>(number_of_type_.size());
    type_numbers_.push_back(number_of_type_.try_emplace(fold(*gene.gene_type), next).first->second);
}

Columns FoldedColumns::columns() const {
    return {records_, ids_, names_, descriptions_, search_texts_, gene_types_, type_numbers_};
}

SortedTexts FoldedColumns::sorted_ids() const { return SortedTexts(entries(ids_)); }

SortedTexts FoldedColumns::sorted_names() const {
    auto named = entries(names_);
    std::erase_if(named, [this](const SortedTexts::Entry& entry) {
        return !records_[entry.ordinal].gene.gene_name;
    });
    return SortedTexts(std::move(named));
}

}  // namespace chr21::memory
