#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace chr21::text {

// A moment as RFC 3339 writes it, in UTC, to the millisecond; for the years 0 to 9999.
class UtcTime {
public:
    explicit UtcTime(std::chrono::system_clock::time_point at);

    // "2026-11-22T14:03:09.123Z"
    std::string_view to_milliseconds() const { return {text_.data(), text_.size()}; }
    // "2026-11-22T14:03:09Z"
    std::string to_seconds() const;
    // "14:03:09.123"
    std::string_view time_of_day() const { return to_milliseconds().substr(11, 12); }

private:
    std::array<char, 24> text_{};
};

// Of to_seconds(); absent where it is anything else.
std::optional<std::chrono::sys_seconds> parse_utc_time(std::string_view text);

// This second: "2026-11-22T14:03:09Z"; or the one that the variable SOURCE_DATE_EPOCH names, in
// seconds since 1970, so that a database which is made twice is the same twice
// (reproducible-builds.org). Throws std::invalid_argument where that is no number.
std::string now_in_utc();

}  // namespace chr21::text
