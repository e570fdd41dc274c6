#include "store/gene_store.hpp"

#include "text/fold.hpp"

#include <utility>

namespace chr21 {

GeneLabel label_of(const GeneRecord& gene) {
    const auto id = gene.gene_stable_id();
    return {.text = std::string(gene.gene_name().value_or(id)), .gene_stable_id = std::string(id)};
}

bool is_known_otherwise(const Match& match) {
    return match.meant.count > 0 || match.kind > MatchKind::name;
}

MatchKind match_kind_of(OtherName kind) {
    if (kind == OtherName::previous_name) return MatchKind::previous_name;
    return kind == OtherName::synonym ? MatchKind::synonym : MatchKind::attribute;
}

Explanation GeneStore::explain(const Wanted& missed) const {
    const Wanted any{.kind = Wanted::Kind::any, .text = missed.text};
    Explanation explanation{.matches = look_up({&any, 1})};
    if (!is_known_otherwise(explanation.matches.all.front())) {
        explanation.advice = std::move(nearest({&missed, 1}).front());
    }
    return explanation;
}

const ChromosomeNames& GeneStore::chromosome_names() const {
    std::call_once(chromosome_names_made_, [this] {
        auto counts = chromosomes();
        std::vector<std::string> names;
        names.reserve(counts.size());
        for (auto& [name, count] : counts) names.push_back(std::move(name));
        chromosome_names_ = ChromosomeNames(names, dataset().assembly);
    });
    return chromosome_names_;
}

const std::vector<std::string>& GeneStore::folded_gene_types() const {
    std::call_once(gene_types_folded_, [this] {
        const auto types = gene_types();
        std::vector<std::string> folded;
        folded.reserve(types.size());
        for (const auto& type : types) folded.push_back(fold(type));
        folded_gene_types_ = std::move(folded);
    });
    return folded_gene_types_;
}

}  // namespace chr21
