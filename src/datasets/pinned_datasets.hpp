#pragma once

#include "store/dataset_shelf.hpp"

#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace chr21::datasets {

// Datasets that requests name, opened for the first of them and kept until forget(). Those that
// are known are found at once, whatever is being opened meanwhile; requests for one that is being
// opened share its outcome. Safe to use from many threads.
class PinnedDatasets {
public:
    using Opened = std::shared_ptr<const OpenDataset>;
    // Null where there is no such dataset. Called in the thread that asks; may take long and throw.
    using Open = std::function<Opened(std::string_view pin)>;

    using Clock = std::chrono::steady_clock;

    // How long it is remembered that there is no such dataset.
    static constexpr std::chrono::seconds unknown_for{1};

    explicit PinnedDatasets(Open open, std::function<Clock::time_point()> now = &Clock::now)
        : open_(std::move(open)), now_(std::move(now)) {}

    // Null where there is none. What `open` throws is not kept.
    Opened find(std::string_view pin);

    // What is being opened goes to those who wait for it, and is not kept either.
    void forget();

private:
    using Opening = std::shared_ptr<std::promise<Opened>>;
    struct Waited {
        Opening opening;
        std::shared_future<Opened> outcome;
    };

    Opened open(std::string_view pin, const Opening& opening);
    // Whether it was not forgotten meanwhile.
    bool end(std::string_view pin, const Opening& opening);
    void keep(std::string_view pin, const Opening& opening, const Opened& opened);

    void keep_unknown(std::string_view pin);

    Open open_;
    std::function<Clock::time_point()> now_;
    std::mutex mutex_;
    std::map<std::string, Opened, std::less<>> known_;                     // under mutex_
    std::map<std::string, Waited, std::less<>> opening_;                   // under mutex_
    std::map<std::string, Clock::time_point, std::less<>> unknown_until_;  // under mutex_
};

}  // namespace chr21::datasets
