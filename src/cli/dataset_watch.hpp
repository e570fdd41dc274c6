#pragma once

#include "cli/dataset_source.hpp"
#include "observe/event.hpp"
#include "store/live_shelf.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace chr21::cli {

// Looks now and then, in a thread of its own, whether another dataset has become the active one,
// and puts it on the shelf; writes its catalog file there, after requests can be answered from it.
// While the database cannot be asked, the shelf says that it may be stale.
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
    void look();
    void fail(const std::string& reason);

    const DatasetSource& source_;
    LiveShelf& shelf_;
    DatasetSource::Active now_;
    std::chrono::milliseconds interval_;
    const observe::Observer& observer_;
    bool stale_ = false;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::condition_variable looked_;
    std::uint64_t asked_ = 0;     // looks, under mutex_
    std::uint64_t answered_ = 0;  // of them, under mutex_
    std::jthread thread_;
};

}  // namespace chr21::cli
