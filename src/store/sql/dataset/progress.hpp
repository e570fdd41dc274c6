#pragma once

#include <cstdint>
#include <functional>

namespace chr21::sql {

// Told now and then how many genes have been written.
using Progress = std::function<void(std::uint64_t genes)>;

}  // namespace chr21::sql
