#pragma once

#include "gene/result.hpp"
#include "observe/event.hpp"

#include <cstdint>
#include <string_view>

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

// "debug", "info", "warning", "error"; "json", "text".
Result<LogLevel> parse_log_level(std::string_view text);
Result<LogFormat> parse_log_format(std::string_view text);

}  // namespace chr21::observe
