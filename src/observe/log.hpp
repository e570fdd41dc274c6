#pragma once

#include "observe/event.hpp"

#include <cstdint>

namespace chr21::observe {

enum class LogLevel : std::uint8_t { debug, info, warning, error };
enum class LogFormat : std::uint8_t { json, text };

// How JSON lines are written: as ever, or also as AWS Lambda reads and completes them.
enum class LogStyle : std::uint8_t { plain, lambda };

struct LogOptions {
    LogLevel level = LogLevel::info;  // less important lines are left out
    LogFormat format = LogFormat::json;
    bool access = true;  // a line for each answer
    LogStyle style = LogStyle::plain;
};

// Writes one line per event to standard error. JSON lines have time (UTC, milliseconds), level,
// message and, of an answer, request_id, method, route, status, duration_ms and bytes; traceparent
// and trace_id where the caller sent them. For Lambda they have timestamp as well, the level in its
// own words, and aws_request_id, trace_id and cold_start of the event that is answered.
Observer make_log(const LogOptions& options);

}  // namespace chr21::observe
