#include "datasets/pinned_datasets.hpp"

#include <cstddef>
#include <exception>

namespace chr21::datasets {

PinnedDatasets::Opened PinnedDatasets::find(std::string_view pin) {
    Opening opening;
    {
        std::unique_lock lock(mutex_);
        if (const auto known = known_.find(pin); known != known_.end()) return known->second;
        if (const auto none = unknown_until_.find(pin); none != unknown_until_.end()) {
            if (now_() < none->second) return nullptr;
            unknown_until_.erase(none);
        }
        if (const auto begun = opening_.find(pin); begun != opening_.end()) {
            const auto outcome = begun->second.outcome;
            lock.unlock();
            return outcome.get();
        }
        opening = std::make_shared<std::promise<Opened>>();
        opening_.emplace(pin, Waited{opening, opening->get_future().share()});
    }
    return open(pin, opening);
}

PinnedDatasets::Opened PinnedDatasets::open(std::string_view pin, const Opening& opening) {
    try {
        auto opened = open_(pin);
        keep(pin, opening, opened);
        opening->set_value(opened);
        return opened;
    } catch (...) {
        {
            const std::scoped_lock lock(mutex_);
            end(pin, opening);
        }
        opening->set_exception(std::current_exception());
        throw;
    }
}

bool PinnedDatasets::end(std::string_view pin, const Opening& opening) {
    const auto begun = opening_.find(pin);
    if (begun == opening_.end() || begun->second.opening != opening) return false;
    opening_.erase(begun);
    return true;
}

void PinnedDatasets::keep(std::string_view pin, const Opening& opening, const Opened& opened) {
    constexpr std::size_t most_kept = 16;            // each may have a pool of connections,
    std::map<std::string, Opened, std::less<>> old;  // which takes time to close
    const std::scoped_lock lock(mutex_);
    if (!end(pin, opening)) return;
    if (opened == nullptr) return keep_unknown(pin);
    if (known_.size() >= most_kept) old.swap(known_);
    known_.emplace(pin, opened);
}

void PinnedDatasets::keep_unknown(std::string_view pin) {
    constexpr std::size_t most_unknown = 64;
    const auto now = now_();
    if (unknown_until_.size() >= most_unknown) {
        std::erase_if(unknown_until_, [now](const auto& entry) { return entry.second <= now; });
    }
    if (unknown_until_.size() < most_unknown) unknown_until_.emplace(pin, now + unknown_for);
}

void PinnedDatasets::forget() {
    std::map<std::string, Opened, std::less<>> old;
    const std::scoped_lock lock(mutex_);
    old.swap(known_);
    opening_.clear();
    unknown_until_.clear();
}

}  // namespace chr21::datasets
