#pragma once

#include "datasets/dataset_follower.hpp"
#include "datasets/dataset_source.hpp"
#include "datasets/live_shelf.hpp"
#include "observe/event.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <thread>

namespace chr21::datasets {

// The thread around a follower: lets it look now and then, and writes the catalog file of what it
// found, after requests can be answered from it.
class DatasetWatch {
public:
    // `now` is what the shelf has. All arguments must outlive this.
    DatasetWatch(const DatasetSource& source,
                 LiveShelf& shelf,
                 DatasetSource::Active now,
                 std::chrono::milliseconds interval,
                 const observe::Observer& observer);
    ~DatasetWatch();
    DatasetWatch(const DatasetWatch&) = delete;
    DatasetWatch& operator=(const DatasetWatch&) = delete;

    // Does not wait for the end of the interval. From any thread.
    void look_now();
    // The same, and waits until the look is over or has taken too long for a request.
    void look_and_wait();

private:
    void watch(const std::stop_token& done);

    const DatasetSource& source_;
    DatasetFollower follower_;  // used by the thread alone
    std::chrono::milliseconds interval_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::condition_variable looked_;
    std::uint64_t asked_ = 0;     // looks, under mutex_
    std::uint64_t answered_ = 0;  // of them, under mutex_
    std::jthread thread_;
};

}  // namespace chr21::datasets
