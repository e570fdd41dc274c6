#pragma once

#include "store/dataset_shelf.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::datasets {

// A shelf whose active dataset is replaced while requests are answered. Asking for it costs one
// atomic load while nothing changes: each thread keeps its own reference and takes the new one with
// its next request, so the old dataset lives until the last thread has let go of it.
class LiveShelf final : public DatasetShelf {
public:
    // How datasets other than the active one are found, where there are any. Called from many
    // threads; may throw StoreUnavailable.
    struct Others {
        using Find = std::function<std::shared_ptr<const OpenDataset>(std::string_view pin)>;

        Find find = [](std::string_view /*pin*/) { return nullptr; };
        // What find() answers without a wait; null for all else.
        Find at_hand = [](std::string_view /*pin*/) { return nullptr; };
        std::function<std::vector<std::string>()> names = [] { return std::vector<std::string>(); };
    };
    using LookAgain = std::function<void()>;

    explicit LiveShelf(OpenDataset active);
    LiveShelf(OpenDataset active, Others others);

    const std::shared_ptr<const OpenDataset>& active() const override;
    std::shared_ptr<const OpenDataset> pinned(std::string_view pin) const override;
    std::shared_ptr<const OpenDataset> at_hand(std::string_view pin) const override;
    std::vector<std::string> names() const override;
    void look_again() const override;
    std::optional<std::string> stale_since() const override;

    // What look_again() does from now on; without it, nothing. Before requests come and after they
    // have ended.
    void when_asked_to_look(LookAgain look) { look_ = std::move(look); }

    // From any thread; requests that have begun finish with what they began with.
    void switch_to(OpenDataset next);
    void mark_stale(std::string since);
    void mark_fresh();

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const OpenDataset> active_;  // under mutex_
    std::string stale_since_;                    // under mutex_
    std::atomic<std::uint64_t> generation_;      // differs between any two datasets of any shelf
    std::atomic<bool> stale_ = false;
    Others others_;
    LookAgain look_;
};

}  // namespace chr21::datasets
