#include "datasets/dataset_follower.hpp"

#include "text/utc_time.hpp"

#include <exception>
#include <utility>

namespace chr21::datasets {

DatasetFollower::DatasetFollower(const DatasetSource& source,
                                 LiveShelf& shelf,
                                 DatasetSource::Active now,
                                 const observe::Observer& observer)
    : source_(source), shelf_(shelf), now_(std::move(now)), observer_(observer) {}

void DatasetFollower::look() {
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
void DatasetFollower::fail(const std::string& reason) {
    if (std::exchange(stale_, true)) return;
    shelf_.mark_stale(text::now_in_utc());
    observer_(observe::DatasetStale{reason});
}

}  // namespace chr21::datasets
