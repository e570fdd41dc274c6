#pragma once

#include "store/memory/candidates.hpp"
#include "store/memory/sorted_texts.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::memory {

// The folded texts of all genes in one piece of memory, and views of them by ordinal.
class FoldedColumns {
public:
    // `records` outlive this.
    explicit FoldedColumns(std::span<const GeneRecord> records);
    FoldedColumns(const FoldedColumns&) = delete;
    FoldedColumns& operator=(const FoldedColumns&) = delete;
    ~FoldedColumns() = default;

    Columns columns() const;
    SortedTexts sorted_ids() const;
    // Genes without a name are not in it.
    SortedTexts sorted_names() const;

private:
    // Where one gene's texts begin in the arena, and where they end.
    struct Extent {
        std::size_t id;
        std::size_t name;
        std::size_t description;
        std::size_t end;
    };
    Extent append(const Gene& gene);
    void append_views(const Extent& extent);
    void number_gene_type(const Gene& gene);

    std::span<const GeneRecord> records_;
    std::string arena_;
    std::vector<std::string_view> ids_;
    std::vector<std::string_view> names_;
    std::vector<std::string_view> descriptions_;
    std::vector<std::string_view> search_texts_;
    std::map<std::string, std::uint32_t> number_of_type_;
    std::vector<std::string_view> gene_types_;
    std::vector<std::uint32_t> type_numbers_;
};

}  // namespace chr21::memory
