#pragma once

#include "store/memory/text_column.hpp"

#include <cstddef>
#include <vector>

namespace chr21::memory {

// Every ordinal below `count`.
std::vector<Ordinal> all_ordinals(std::size_t count);

// Puts ordinals in genome order, each once.
void order(std::vector<Ordinal>& ordinals);

}  // namespace chr21::memory
