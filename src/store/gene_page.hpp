#pragma once

#include "store/gene_records.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace chr21 {

// Owns the records that a result points to where the store itself does not keep them.
using KeepAlive = std::shared_ptr<const GeneRecords>;

struct GenePage {
    std::uint64_t total = 0;  // how many genes the filter admits, whatever the window
    std::vector<const GeneRecord*> genes = {};
    KeepAlive keep = {};
};

}  // namespace chr21
