#include "store/sql/database.hpp"

#include <algorithm>
#include <string>

namespace chr21::sql {
namespace {

constexpr std::size_t shortest_digest = 8;

bool is_digest(std::string_view pin) {
    return pin.size() >= shortest_digest && std::ranges::all_of(pin, [](char digit) {
               return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
           });
}

bool is_meant(const Dataset& dataset, std::string_view pin) {
    return dataset.name == pin || (is_digest(pin) && dataset.sha256.starts_with(pin));
}

}  // namespace

Result<ListedDataset> find_pinned(std::span<const ListedDataset> datasets, std::string_view pin) {
    const ListedDataset* found = nullptr;
    for (const auto& listed : datasets) {
        if (!is_meant(listed.dataset, pin)) continue;
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
