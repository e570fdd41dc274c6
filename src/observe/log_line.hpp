#pragma once

#include "observe/event.hpp"
#include "observe/log.hpp"

#include <chrono>
#include <string>

namespace chr21::observe {

// How much an event matters to an operator.
LogLevel level_of(const Event& event);

std::string_view to_text(LogLevel level);

// The event as one line without its line break; nothing in it can break the line. `at` is when it
// happened, shown in UTC.
std::string json_line(const Event& event,
                      std::chrono::system_clock::time_point at,
                      LogStyle style = LogStyle::plain);
std::string text_line(const Event& event, std::chrono::system_clock::time_point at);

}  // namespace chr21::observe
