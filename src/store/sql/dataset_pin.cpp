#include "store/sql/dataset_pin.hpp"

#include "store/dataset_shelf.hpp"

#include <string>

namespace chr21::sql {

Result<ListedDataset> find_pinned(std::span<const ListedDataset> datasets, std::string_view pin) {
    const ListedDataset* found = nullptr;
    for (const auto& listed : datasets) {
        if (!is_pinned_by(listed.dataset, pin)) continue;
        if (found != nullptr) {
            return fault("dataset",
                         std::string(pin),
                         "may be " + found->dataset.name + " or " + listed.dataset.name +
                             "; give more digits of the sha256");
        }
        found = &listed;
    }
    if (found != nullptr) return *found;
    return fault("dataset",
                 std::string(pin),
                 "is no dataset of this database; a dataset is pinned by its name, by its sha256 "
                 "or by at least the first 8 digits of it");
}

}  // namespace chr21::sql
