#pragma once

#include "store/dataset_shelf.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::testing {

// A shelf with one dataset for good.
class FixedShelf final : public DatasetShelf {
public:
    explicit FixedShelf(OpenDataset dataset)
        : dataset_(std::make_shared<const OpenDataset>(std::move(dataset))) {}

    const std::shared_ptr<const OpenDataset>& active() const override { return dataset_; }
    std::shared_ptr<const OpenDataset> pinned(std::string_view pin) const override {
        return is_pinned_by(dataset_->store->dataset(), pin) ? dataset_ : nullptr;
    }
    std::shared_ptr<const OpenDataset> at_hand(std::string_view pin) const override {
        return pinned(pin);
    }
    std::vector<std::string> names() const override { return {dataset_->store->dataset().name}; }
    std::optional<std::string> stale_since() const override { return {}; }

private:
    std::shared_ptr<const OpenDataset> dataset_;
};

}  // namespace chr21::testing
