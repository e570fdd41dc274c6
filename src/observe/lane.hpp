#pragma once

#include "observe/event.hpp"

#include <array>
#include <string_view>

namespace chr21::observe {

// In the order of Lane.
inline constexpr std::array<std::string_view, 2> lane_names{"computing", "waiting"};

constexpr std::string_view to_text(Lane lane) {
    return lane_names.at(static_cast<std::size_t>(lane));
}

}  // namespace chr21::observe
