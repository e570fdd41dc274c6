#pragma once

#include "gene/dataset.hpp"
#include "text/json_writer.hpp"

#include <optional>

namespace chr21::api {

// What programs are told of a dataset: name, species, assembly, release, source, sha256,
// gene_count, loaded_at and attributes; what is not known is null. `active` follows the name where
// it is given: whether the dataset is the active one of its database.
void write_dataset(text::JsonWriter& json, const Dataset& dataset, std::optional<bool> active = {});

}  // namespace chr21::api
