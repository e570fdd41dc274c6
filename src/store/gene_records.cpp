#include "store/gene_records.hpp"

#include <utility>

namespace chr21 {

GeneRecords::GeneRecords(std::vector<Gene> genes, Represent represent) {
    std::vector<std::size_t> ends;
    ends.reserve(genes.size());
    for (const auto& gene : genes) {
        text_ += represent(gene);
        ends.push_back(text_.size());
        text_ += ',';
    }
    text_.shrink_to_fit();
    const std::string_view text = text_;
    records_.reserve(genes.size());
    std::size_t begin = 0;
    for (std::size_t at = 0; at < genes.size(); ++at) {
        records_.push_back({std::move(genes[at]), text.substr(begin, ends[at] - begin)});
        begin = ends[at] + 1;
    }
}

}  // namespace chr21
