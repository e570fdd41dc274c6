#pragma once

#include "observe/event.hpp"

#include <cstdint>

namespace chr21::observe {

enum class LogLevel : std::uint8_t { debug, info, warning, error };
enum class LogFormat : std::uint8_t { json, text };

struct LogOptions {
    LogLevel level = LogLevel::info;  // less important lines are left out
    LogFormat format = LogFormat::json;
    bool access = true;  // a line for each answer
};

// Writes one line per event to standard error. JSON lines have time (UTC, milliseconds), level,
// message and, of an answer, request_id, method, route, status, duration_ms and bytes.
Observer make_log(const LogOptions& options);

}  // namespace chr21::observe
