#include "datasets/dataset_watch.hpp"

#include <utility>

namespace chr21::datasets {

DatasetWatch::DatasetWatch(const DatasetSource& source,
                           LiveShelf& shelf,
                           DatasetSource::Active now,
                           std::chrono::milliseconds interval,
                           const observe::Observer& observer)
    : source_(source),
      follower_(source, shelf, std::move(now), observer),
      interval_(interval),
      thread_([this](const std::stop_token& done) { watch(done); }) {}

DatasetWatch::~DatasetWatch() = default;

void DatasetWatch::look_now() {
    {
        const std::scoped_lock lock(mutex_);
        ++asked_;
    }
    wake_.notify_one();
}

void DatasetWatch::look_and_wait() {
    constexpr std::chrono::seconds longest{2};
    std::unique_lock lock(mutex_);
    const auto asked = ++asked_;
    wake_.notify_one();
    looked_.wait_for(lock, longest, [&] { return answered_ >= asked; });
}

void DatasetWatch::watch(const std::stop_token& done) {
    for (;;) {
        source_.write_catalog_file(done);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, done, interval_, [this] { return asked_ > answered_; });
        if (done.stop_requested()) return;
        const auto asked = asked_;  // all of them get their answer from one look
        lock.unlock();
        follower_.look();
        lock.lock();
        answered_ = asked;
        looked_.notify_all();
    }
}

}  // namespace chr21::datasets
