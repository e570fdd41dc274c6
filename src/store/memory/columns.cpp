#include "store/memory/columns.hpp"

#include "text/fold.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace chr21::memory {

namespace {

// Folding seldom changes the length of a text.
std::size_t bytes_unfolded(std::span<const GeneRecord> records) {
    std::size_t bytes = 0;
    for (const auto& record : records) {
        bytes += record.gene_stable_id().size() + record.gene_name().value_or("").size() + 1 +
                 record.gene_description().value_or("").size();
    }
    return bytes;
}

}  // namespace

Columns::Columns(const GeneRecords& records) : records_(records) {
    begins_.reserve((records.all().size() * texts_of_gene) + 1);
    arena_.reserve(bytes_unfolded(records.all()));
    for (const auto& record : records.all()) {
        begin_text();
        arena_ += fold(record.gene_stable_id());
        begin_text();
        if (const auto name = record.gene_name()) arena_ += fold(*name);
        arena_ += '\0';
        begin_text();
        if (const auto description = record.gene_description()) arena_ += fold(*description);
    }
    begin_text();
    arena_.shrink_to_fit();
    fold_gene_types();
}

Columns::Columns(const GeneRecords& records, ArrayFileReader& file)
    : records_(records), arena_(file.take_text()), begins_(file.take<std::uint32_t>()) {
    ArrayFileReader::require(begins_.size() == (records.all().size() * texts_of_gene) + 1 &&
                             std::ranges::is_sorted(begins_) && begins_.back() == arena_.size());
    fold_gene_types();
}

void Columns::write(ArrayFileWriter& file) const {
    file.put(arena_);
    file.put(begins_);
}

void Columns::fold_gene_types() {
    for (const auto& type : names().gene_types) folded_gene_types_.push_back(fold(type));
}

std::vector<bool> Columns::admitted_gene_types(const GeneFilter& filter) const {
    std::vector<bool> admitted;
    admitted.reserve(folded_gene_types_.size());
    for (const auto& type : folded_gene_types_) {
        const auto is_part = [&type](const std::string& text) { return type.contains(text); };
        admitted.push_back(
            (filter.gene_types.empty() || std::ranges::any_of(filter.gene_types, is_part)) &&
            (filter.biotypes.empty() ||
             std::ranges::find(filter.biotypes, type) != filter.biotypes.end()));
    }
    return admitted;
}

void Columns::begin_text() {
    if (arena_.size() > std::numeric_limits<std::uint32_t>::max()) {
        throw std::length_error("the folded texts of the genes pass 4 GiB");
    }
    begins_.push_back(static_cast<std::uint32_t>(arena_.size()));
}

}  // namespace chr21::memory
