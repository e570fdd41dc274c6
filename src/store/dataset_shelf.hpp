#pragma once

#include "gene/dataset.hpp"
#include "gene/karyotype.hpp"
#include "store/gene_store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chr21 {

// A dataset made ready to answer from, with what is known of its assembly.
struct OpenDataset {
    std::shared_ptr<const GeneStore> store;
    Karyotype karyotype = {};
    bool may_wait = false;  // questions may wait for a database, or take as long as it takes
};

// The datasets that requests are answered from. The active one may change at any time: whoever
// holds an answer keeps what it was made of. Safe to use from many threads.
class DatasetShelf {
public:
    DatasetShelf() = default;
    DatasetShelf(const DatasetShelf&) = delete;
    DatasetShelf& operator=(const DatasetShelf&) = delete;
    DatasetShelf(DatasetShelf&&) = delete;
    DatasetShelf& operator=(DatasetShelf&&) = delete;
    virtual ~DatasetShelf() = default;

    // Never null. The reference is good for the calling thread until it asks again.
    virtual const std::shared_ptr<const OpenDataset>& active() const = 0;

    // The dataset of this name, or whose SHA-256 digest is, or begins with, these hexadecimal
    // digits (8 at least); null when there is none. Throws StoreUnavailable when it cannot be told.
    virtual std::shared_ptr<const OpenDataset> pinned(std::string_view pin) const = 0;

    // The same, but null as well where it would have to be looked for or opened first.
    virtual std::shared_ptr<const OpenDataset> at_hand(std::string_view pin) const = 0;

    // The names of all datasets, for those who asked for one that is not there.
    virtual std::vector<std::string> names() const = 0;

    // To be called by whoever finds a dropped dataset here. Looks which one is active now and puts
    // it in its place; returns when that is done or has taken too long.
    virtual void look_again() const {}

    // Since when (UTC, "2026-11-22T14:03:09Z") nobody could look whether another dataset has become
    // active; absent while all is well.
    virtual std::optional<std::string> stale_since() const = 0;
};

// Whether `pin` means this dataset.
bool is_pinned_by(const Dataset& dataset, std::string_view pin);

}  // namespace chr21
