#pragma once

#include "store/dataset_shelf.hpp"

namespace chr21::datasets {

// Stands on the shelf while no dataset can be read: every question throws StoreUnavailable.
OpenDataset unreadable_dataset();

}  // namespace chr21::datasets
