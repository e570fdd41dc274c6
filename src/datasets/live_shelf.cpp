#include "datasets/live_shelf.hpp"

#include <utility>

namespace chr21::datasets {
namespace {

std::uint64_t next_generation() {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1) + 1;
}

}  // namespace

LiveShelf::LiveShelf(OpenDataset active) : LiveShelf(std::move(active), Others{}) {}

LiveShelf::LiveShelf(OpenDataset active, Others others)
    : active_(std::make_shared<const OpenDataset>(std::move(active))),
      generation_(next_generation()),
      others_(std::move(others)) {}

const std::shared_ptr<const OpenDataset>& LiveShelf::active() const {
    thread_local std::uint64_t generation = 0;
    thread_local std::shared_ptr<const OpenDataset> held;
    if (generation != generation_.load(std::memory_order_acquire)) {
        const std::scoped_lock lock(mutex_);
        held = active_;
        generation = generation_.load(std::memory_order_relaxed);
    }
    return held;
}

std::shared_ptr<const OpenDataset> LiveShelf::pinned(std::string_view pin) const {
    const auto& now = active();
    return is_pinned_by(now->store->dataset(), pin) ? now : others_.find(pin);
}

std::shared_ptr<const OpenDataset> LiveShelf::at_hand(std::string_view pin) const {
    const auto& now = active();
    return is_pinned_by(now->store->dataset(), pin) ? now : others_.at_hand(pin);
}

std::vector<std::string> LiveShelf::names() const { return others_.names(); }

void LiveShelf::look_again() const {
    if (look_) look_();
}

std::optional<std::string> LiveShelf::stale_since() const {
    if (!stale_.load(std::memory_order_relaxed)) return {};
    const std::scoped_lock lock(mutex_);
    return stale_since_;
}

void LiveShelf::switch_to(OpenDataset next) {
    auto replacement = std::make_shared<const OpenDataset>(std::move(next));
    const std::scoped_lock lock(mutex_);
    active_.swap(replacement);
    generation_.store(next_generation(), std::memory_order_release);
}

void LiveShelf::mark_stale(std::string since) {
    const std::scoped_lock lock(mutex_);
    stale_since_ = std::move(since);
    stale_ = true;
}

void LiveShelf::mark_fresh() { stale_ = false; }

}  // namespace chr21::datasets
