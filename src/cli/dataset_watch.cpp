#include "cli/dataset_watch.hpp"

#include "cli/export_dataset.hpp"

#include <exception>
#include <utility>

namespace chr21::cli {

DatasetWatch::DatasetWatch(const DatasetSource& source,
                           LiveShelf& shelf,
                           DatasetSource::Active now,
                           std::chrono::milliseconds interval,
                           const observe::Observer& observer)
    : source_(source),
      shelf_(shelf),
      now_(std::move(now)),
      interval_(interval),
      observer_(observer),
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
        look();
        lock.lock();
        answered_ = asked;
        looked_.notify_all();
    }
}

void DatasetWatch::look() {
    try {
        source_.forget();
        auto active = source_.active();
        if (active != now_) {
            shelf_.switch_to(source_.open(active.id));
            now_ = std::move(active);
            const auto& dataset = shelf_.active()->store->dataset();
            observer_(observe::DatasetSwitched{dataset.name, dataset.gene_count});
        }
        if (std::exchange(stale_, false)) {
            shelf_.mark_fresh();
            observer_(observe::DatasetFresh{});
        }
    } catch (const std::exception& fault) {
        fail(fault.what());
    }
}

// Tells it once: the next look may fail for the same reason.
void DatasetWatch::fail(const std::string& reason) {
    if (std::exchange(stale_, true)) return;
    shelf_.mark_stale(now_in_utc());
    observer_(observe::DatasetStale{reason});
}

}  // namespace chr21::cli
