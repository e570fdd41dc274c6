#include "store/memory/gene_type_index.hpp"

#include <algorithm>
#include <numeric>

namespace chr21::memory {

GeneTypeIndex::GeneTypeIndex(const Columns& columns)
    : begins_(columns.names().gene_types.size() + 1) {
    const auto records = columns.records();
    for (const auto& record : records) {
        const auto type = record.gene_type_number();
        if (type != SharedNames::absent) ++begins_[type + 1];
    }
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    ordinals_.resize(begins_.back());
    auto next = begins_;
    for (Ordinal ordinal = 0; ordinal < records.size(); ++ordinal) {
        const auto type = records[ordinal].gene_type_number();
        if (type != SharedNames::absent) ordinals_[next[type]++] = ordinal;
    }
}

std::span<const Ordinal> GeneTypeIndex::genes_of(std::uint32_t gene_type) const {
    const auto begin = begins_[gene_type];
    return std::span(ordinals_).subspan(begin, begins_[gene_type + 1] - begin);
}

std::vector<Ordinal> merge(std::vector<std::span<const Ordinal>> lists, std::size_t most) {
    std::vector<Ordinal> merged;
    const auto is_empty = [](std::span<const Ordinal> list) { return list.empty(); };
    std::erase_if(lists, is_empty);
    while (!lists.empty() && merged.size() < most) {
        auto& least =
            *std::ranges::min_element(lists, {}, [](const auto& list) { return list.front(); });
        merged.push_back(least.front());
        least = least.subspan(1);
        if (least.empty()) std::erase_if(lists, is_empty);
    }
    return merged;
}

}  // namespace chr21::memory
