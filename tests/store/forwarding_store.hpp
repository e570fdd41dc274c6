#pragma once

#include "store/gene_store.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::testing {

// Answers as another store does; what a test wants otherwise it overrides.
class ForwardingStore : public GeneStore {
public:
    explicit ForwardingStore(std::shared_ptr<const GeneStore> genes) : genes_(std::move(genes)) {}

    const Dataset& dataset() const override { return genes_->dataset(); }
    FoundGene find(std::string_view id) const override { return genes_->find(id); }
    FoundGene find_by_name(std::string_view name) const override {
        return genes_->find_by_name(name);
    }
    Matches look_up(std::span<const Wanted> wanted) const override {
        return genes_->look_up(wanted);
    }
    std::vector<Advice> nearest(std::span<const Wanted> missed) const override {
        return genes_->nearest(missed);
    }
    Explanation explain(const Wanted& missed) const override { return genes_->explain(missed); }
    GenePage list(const GeneFilter& filter, const Sort& sort, Window window) const override {
        return genes_->list(filter, sort, window);
    }
    std::unique_ptr<GeneCursor> cursor(const GeneFilter& filter, const Sort& sort) const override {
        return genes_->cursor(filter, sort);
    }
    Neighbors neighbors(const Gene& gene,
                        const GeneFilter& filter,
                        std::uint32_t limit) const override {
        return genes_->neighbors(gene, filter, limit);
    }
    Suggestions suggest(std::string_view text, std::uint32_t limit) const override {
        return genes_->suggest(text, limit);
    }
    std::vector<ChromosomeCount> chromosomes() const override { return genes_->chromosomes(); }
    std::vector<std::string> gene_types() const override { return genes_->gene_types(); }

private:
    std::shared_ptr<const GeneStore> genes_;
};

}  // namespace chr21::testing
