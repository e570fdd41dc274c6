#pragma once

#include "store/dataset_shelf.hpp"

#include <string>

namespace chr21::datasets {

// Stands where no dataset can be read: every question throws StoreUnavailable, which says why and
// whether that may pass.
OpenDataset unreadable_dataset(std::string why = "no dataset could be read yet",
                               bool may_pass = true);

}  // namespace chr21::datasets
