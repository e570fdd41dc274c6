#pragma once

#include "store/dataset_shelf.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace chr21::datasets {

// Catalogs of datasets that requests name, made one after another by a thread that begins with the
// first of them. They stay until there is no room for another one, and then the one that was asked
// for least recently goes, or until keep_only() goes without them. Safe to use from many threads.
class PinnedCatalogs {
public:
    using Opened = std::shared_ptr<const OpenDataset>;
    // How a dataset's catalog comes about, in the thread of this. Neither may throw.
    struct Maker {
        // About how many bytes it would take; absent where that cannot be told now.
        std::function<std::optional<std::uint64_t>(std::int64_t id)> estimate;
        // What is to answer; null where that cannot be told now.
        std::function<Opened(std::int64_t id)> make;
    };

    // `room` is in bytes, for all of them together.
    PinnedCatalogs(std::uint64_t room, Maker maker) : room_(room), maker_(std::move(maker)) {}
    // Waits for the one that is being made.
    ~PinnedCatalogs();
    PinnedCatalogs(const PinnedCatalogs&) = delete;
    PinnedCatalogs& operator=(const PinnedCatalogs&) = delete;

    // Null where the pin was not learned, or its dataset has no catalog yet.
    Opened find(std::string_view pin);

    // Tells what a pin means, and asks for its catalog. Answers what is there already.
    Opened learn(std::string_view pin, std::int64_t id);

    // Forgets what pins mean, and goes without the catalogs of other datasets than these.
    void keep_only(const std::set<std::int64_t>& ids);

private:
    struct Kept {
        Opened dataset;
        std::uint64_t bytes = 0;
        std::uint64_t asked_for = 0;  // larger where that was later
    };
    using AllKept = std::map<std::int64_t, Kept>;

    Opened find(std::int64_t id);
    void work(const std::stop_token& done);
    void make_one(std::int64_t id);
    AllKept make_room(std::uint64_t bytes);

    std::uint64_t room_;
    Maker maker_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    // All under mutex_.
    std::map<std::string, std::int64_t, std::less<>> pins_;
    AllKept kept_;
    std::deque<std::int64_t> wanted_;  // the first of them is being made
    std::set<std::int64_t> too_large_;
    std::uint64_t questions_ = 0;
    std::jthread thread_;
};

}  // namespace chr21::datasets
