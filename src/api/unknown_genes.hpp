#pragma once

#include "api/call.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace chr21::api {

// A notice for each value of `name`, `gene_stable_id` and `attribute.NAME` that no gene of the
// dataset has, whatever else the filter asks for. `total` genes fit the filter. Of the first values
// that name nothing it says which are nearest, and where a list was sent as one value, how to send
// it. Asks the store nothing where one value and a gene that fits prove each other.
std::vector<service::Notice> notices_of_unknown_genes(const Call& call, std::uint64_t total);

// The same as a 404; absent where there is none. For routes whose answer would be misunderstood.
std::optional<Problem> refuse_unknown_genes(const Call& call, std::uint64_t total);

}  // namespace chr21::api
