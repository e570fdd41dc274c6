#include "datasets/pinned_catalogs.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chr21::datasets {

PinnedCatalogs::~PinnedCatalogs() {
    const auto thread = [this] {
        const std::scoped_lock lock(mutex_);
        return std::exchange(thread_, {});
    }();  // is stopped and joined here
}

PinnedCatalogs::Opened PinnedCatalogs::find(std::string_view pin) {
    const std::scoped_lock lock(mutex_);
    const auto known = pins_.find(pin);
    return known == pins_.end() ? nullptr : find(known->second);
}

PinnedCatalogs::Opened PinnedCatalogs::find(std::int64_t id) {
    const auto kept = kept_.find(id);
    if (kept == kept_.end()) return nullptr;
    kept->second.asked_for = ++questions_;
    return kept->second.dataset;
}

PinnedCatalogs::Opened PinnedCatalogs::learn(std::string_view pin, std::int64_t id) {
    constexpr std::size_t most_pins = 64;  // a dataset has as many as there are lengths of a digest
    const std::scoped_lock lock(mutex_);
    if (pins_.size() >= most_pins) pins_.clear();
    pins_.insert_or_assign(std::string(pin), id);
    if (auto kept = find(id)) return kept;
    if (too_large_.contains(id) || std::ranges::find(wanted_, id) != wanted_.end()) return nullptr;
    wanted_.push_back(id);
    if (!thread_.joinable()) {
        thread_ = std::jthread([this](const std::stop_token& done) { work(done); });
    }
    wake_.notify_one();
    return nullptr;
}

void PinnedCatalogs::keep_only(const std::set<std::int64_t>& ids) {
    AllKept others;
    const std::scoped_lock lock(mutex_);
    pins_.clear();
    too_large_.clear();
    for (auto kept = kept_.begin(); kept != kept_.end();) {
        const auto next = std::next(kept);
        if (!ids.contains(kept->first)) others.insert(kept_.extract(kept));
        kept = next;
    }
}

void PinnedCatalogs::work(const std::stop_token& done) {
    for (;;) {
        std::unique_lock lock(mutex_);
        if (!wake_.wait(lock, done, [this] { return !wanted_.empty(); })) return;
        if (done.stop_requested()) return;
        const auto id = wanted_.front();
        lock.unlock();
        make_one(id);
        lock.lock();
        wanted_.pop_front();
    }
}

void PinnedCatalogs::make_one(std::int64_t id) {
    const auto bytes = maker_.estimate(id);
    if (!bytes) return;
    if (*bytes > room_) {
        const std::scoped_lock lock(mutex_);
        too_large_.insert(id);
        return;
    }
    make_room(*bytes).clear();
    auto made = maker_.make(id);
    if (made == nullptr) return;
    const std::scoped_lock lock(mutex_);
    kept_.emplace(id, Kept{.dataset = std::move(made), .bytes = *bytes, .asked_for = ++questions_});
}

// Answers what has to go, so that it goes where nobody waits for it.
PinnedCatalogs::AllKept PinnedCatalogs::make_room(std::uint64_t bytes) {
    AllKept leaving;
    const std::scoped_lock lock(mutex_);
    std::uint64_t taken = bytes;
    for (const auto& [id, kept] : kept_) taken += kept.bytes;
    while (taken > room_) {
        const auto oldest = std::ranges::min_element(
            kept_, {}, [](const auto& entry) { return entry.second.asked_for; });
        taken -= oldest->second.bytes;
        leaving.insert(kept_.extract(oldest));
    }
    return leaving;
}

}  // namespace chr21::datasets
