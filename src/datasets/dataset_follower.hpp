#pragma once

#include "datasets/dataset_source.hpp"
#include "datasets/live_shelf.hpp"
#include "observe/event.hpp"

#include <string>

namespace chr21::datasets {

// Puts the dataset that is active in the database on the shelf, one look at a time and without a
// thread of its own: a function that is frozen between its events looks when one comes. While the
// database cannot be asked, the shelf says that it may be stale. One thread at a time.
class DatasetFollower {
public:
    // `now` is what the shelf has. All arguments must outlive this.
    DatasetFollower(const DatasetSource& source,
                    LiveShelf& shelf,
                    DatasetSource::Active now,
                    const observe::Observer& observer);

    // Looks once. Never throws: what goes wrong is told to the observer and marks the shelf.
    void look();

private:
    void fail(const std::string& reason);

    const DatasetSource& source_;
    LiveShelf& shelf_;
    DatasetSource::Active now_;
    const observe::Observer& observer_;
    bool stale_ = false;
};

}  // namespace chr21::datasets
