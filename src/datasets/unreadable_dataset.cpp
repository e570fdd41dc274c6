#include "datasets/unreadable_dataset.hpp"

#include <memory>
#include <utility>

namespace chr21::datasets {

namespace {

class UnreadableStore final : public GeneStore {
public:
    UnreadableStore(std::string why, bool may_pass) : why_(std::move(why)), may_pass_(may_pass) {}

    const Dataset& dataset() const override { refuse(); }
    FoundGene find(std::string_view /*gene_stable_id*/) const override { refuse(); }
    FoundGene find_by_name(std::string_view /*gene_name*/) const override { refuse(); }
    Matches look_up(std::span<const Wanted> /*wanted*/) const override { refuse(); }
    std::vector<Advice> nearest(std::span<const Wanted> /*missed*/) const override { refuse(); }
    GenePage list(const GeneFilter& /*filter*/,
                  const Sort& /*sort*/,
                  Window /*window*/) const override {
        refuse();
    }
    Neighbors neighbors(const Gene& /*gene*/,
                        const GeneFilter& /*filter*/,
                        std::uint32_t /*limit*/) const override {
        refuse();
    }
    Suggestions suggest(std::string_view /*text*/, std::uint32_t /*limit*/) const override {
        refuse();
    }
    std::vector<ChromosomeCount> chromosomes() const override { refuse(); }
    std::vector<std::string> gene_types() const override { refuse(); }

private:
    [[noreturn]] void refuse() const { throw StoreUnavailable(why_, may_pass_); }

    std::string why_;
    bool may_pass_;
};

}  // namespace

OpenDataset unreadable_dataset(std::string why, bool may_pass) {
    return {.store = std::make_shared<const UnreadableStore>(std::move(why), may_pass)};
}

}  // namespace chr21::datasets
