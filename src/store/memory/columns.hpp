#pragma once

#include "gene/gene_filter.hpp"
#include "store/gene_records.hpp"
#include "store/memory/array_file.hpp"
#include "store/memory/text_column.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::memory {

// What filters are checked against: the genes in genome order and their folded texts, which stand
// in one piece of memory. By ordinal; an absent text is empty.
class Columns {
public:
    // `records` in genome order; they outlive this. Throws std::length_error when the folded texts
    // pass 4 GiB.
    explicit Columns(const GeneRecords& records);
    // Likewise, as write() left them. Throws ArrayFileFault.
    Columns(const GeneRecords& records, ArrayFileReader& file);
    Columns(const Columns&) = delete;
    Columns& operator=(const Columns&) = delete;
    ~Columns() = default;

    void write(ArrayFileWriter& file) const;

    std::span<const GeneRecord> records() const { return records_.all(); }
    const SharedNames& names() const { return records_.names(); }

    TextColumn folded_ids() const { return column(0, 1, 0); }
    TextColumn folded_names() const { return column(1, 2, 1); }
    TextColumn folded_descriptions() const { return column(2, 3, 0); }
    // Name, NUL, description: NUL is in no search.
    TextColumn search_texts() const { return column(1, 3, 0); }
    // By gene type number.
    std::span<const std::string> folded_gene_types() const { return folded_gene_types_; }
    // By gene type number, whether the filter's parts that ask for types admit it.
    std::vector<bool> admitted_gene_types(const GeneFilter& filter) const;

private:
    static constexpr std::uint32_t texts_of_gene = 3;

    TextColumn column(std::uint32_t first, std::uint32_t last, std::uint32_t cut) const {
        return {arena_, begins_, texts_of_gene, first, last, cut};
    }
    void begin_text();
    void fold_gene_types();

    const GeneRecords& records_;
    std::string arena_;
    std::vector<std::uint32_t> begins_;
    std::vector<std::string> folded_gene_types_;
};

}  // namespace chr21::memory
