#pragma once

#include "gene/result.hpp"
#include "store/sql/database.hpp"

#include <span>
#include <string_view>

namespace chr21::sql {

// The dataset that a pin names: by its name, or by its sha256 or at least the first 8 digits of it.
// The error, about the parameter "dataset", says when none or more than one is meant.
Result<ListedDataset> find_pinned(std::span<const ListedDataset> datasets, std::string_view pin);

}  // namespace chr21::sql
