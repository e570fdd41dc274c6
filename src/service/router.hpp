#pragma once

#include "service/route.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace chr21::api {

// Where a request goes.
struct Match {
    const Route* route = nullptr;                      // null: nothing at this path
    std::uint16_t index = 0;                           // of the template in the table
    std::array<std::string_view, 2> path_values = {};  // still encoded, in the template's order
    std::uint8_t path_value_count = 0;
    bool method_allowed = false;
    std::string_view allow =
        {};  // "GET, HEAD, OPTIONS": what works at this path; empty where no path fits
};

// Finds the route of a path and a method; HEAD goes wherever GET does.
Match match_route(Method method, std::string_view path);

}  // namespace chr21::api
