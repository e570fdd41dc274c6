#include "datasets/unreadable_dataset.hpp"

#include <memory>

namespace chr21::datasets {

namespace {

class UnreadableStore final : public GeneStore {
public:
    const Dataset& dataset() const override { refuse(); }
    FoundGene find(std::string_view /*gene_stable_id*/) const override { refuse(); }
    FoundGene find_by_name(std::string_view /*gene_name*/) const override { refuse(); }
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

private:
    [[noreturn]] static void refuse() {
        throw StoreUnavailable("no dataset could be read yet", true);
    }
};

}  // namespace

OpenDataset unreadable_dataset() { return {.store = std::make_shared<const UnreadableStore>()}; }

}  // namespace chr21::datasets
