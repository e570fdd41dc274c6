#pragma once

#include <cstdint>
#include <string>

namespace chr21::sql {

enum class StepState : std::uint8_t {
    applied,
    half_applied,  // a run was cut off; the next one finishes it
    missing,
    unknown  // applied by a newer program
};

// A step that a database has, or that this program would give it.
struct SchemaStep {
    std::int64_t version = 0;
    std::string name;
    StepState state = StepState::missing;
    std::string applied_at = {};  // UTC, "2026-11-22T14:03:09Z"; empty for a missing one
    std::string applied_by = {};  // "chr21 0.1.0"
};

}  // namespace chr21::sql
