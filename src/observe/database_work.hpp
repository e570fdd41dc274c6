#pragma once

#include "observe/event.hpp"

#include <array>
#include <string_view>

namespace chr21::observe {

// In the order of DatabaseWork.
inline constexpr std::array<std::string_view, 6> database_work_names{
    "wait", "connect", "select", "change", "control", "bulk"};

constexpr std::string_view to_text(DatabaseWork work) {
    return database_work_names.at(static_cast<std::size_t>(work));
}

}  // namespace chr21::observe
