#pragma once

#include "observe/event.hpp"

#include <array>
#include <string_view>

namespace chr21::observe {

// In the order of ConnectionEnd.
inline constexpr std::array<std::string_view, 9> connection_end_names{"closed",
                                                                      "header_timeout",
                                                                      "body_timeout",
                                                                      "idle_timeout",
                                                                      "write_timeout",
                                                                      "refused_over_cap",
                                                                      "broken",
                                                                      "buffers_full",
                                                                      "body_fault"};

constexpr std::string_view to_text(ConnectionEnd end) {
    return connection_end_names.at(static_cast<std::size_t>(end));
}

}  // namespace chr21::observe
