#include "mart/last_line.hpp"

#include "mart/cell_form.hpp"
#include "mart/header_names.hpp"

#include <algorithm>

namespace chr21::mart {
namespace {

bool holds_numbers(const std::string& attribute,
                   const std::string& but,
                   std::span<const Gene> genes) {
    bool has_one = false;
    for (const auto& gene : genes) {
        for (const auto& value : values_of(gene, attribute)) {
            if (value == but) continue;
            if (!is_whole_number(value)) return false;
            has_one = true;
        }
    }
    return has_one;
}

}  // namespace

bool seems_cut_off(const LastLine& last, const Header& header, std::span<const Gene> genes) {
    const auto& column = header.columns.back();
    if (last.last_cell.empty()) return true;
    if (is_whole_number(last.last_cell)) return false;
    const auto kind = find_column(column.header);
    if (kind) {
        return kind == Column::gene_start || kind == Column::gene_end || kind == Column::strand;
    }
    return holds_numbers(column.name, last.last_cell, genes);
}

}  // namespace chr21::mart
