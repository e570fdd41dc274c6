#include "observe/log_line.hpp"

#include "observe/connection_end.hpp"
#include "text/ascii.hpp"
#include "text/json_text.hpp"
#include "text/utc_time.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <variant>

#include <fmt/format.h>

namespace chr21::observe {
namespace {

using std::chrono::nanoseconds;
using TimePoint = std::chrono::system_clock::time_point;

struct Weigh {
    LogLevel operator()(const StoreFailed& /*event*/) const { return LogLevel::error; }
    LogLevel operator()(const Bug& /*event*/) const { return LogLevel::error; }
    LogLevel operator()(const ConnectionOpened& /*event*/) const { return LogLevel::debug; }
    LogLevel operator()(const ConnectionEnded& event) const {
        return event.end == ConnectionEnd::refused_over_cap ? LogLevel::warning : LogLevel::debug;
    }
    LogLevel operator()(const DatasetStale& /*event*/) const { return LogLevel::warning; }
    LogLevel operator()(const Stopped& event) const {
        return event.unfinished > 0 ? LogLevel::warning : LogLevel::info;
    }
    template <class Other>
    LogLevel operator()(const Other& /*event*/) const {
        return LogLevel::info;
    }
};

void append_padded(std::string& out, std::int64_t number, std::size_t width) {
    const fmt::format_int digits(number);
    out.append(width - std::min(width, digits.size()), '0').append(digits.data(), digits.size());
}

// The fields of an event after its time and level.
class JsonFields {
public:
    explicit JsonFields(std::string& out) : out_(&out) {}

    void operator()(const Answered& event) const {
        text("message", "answered");
        text("request_id", event.request_id);
        text("method", event.method);
        text("route", event.route);
        number("status", event.status);
        const auto microseconds = event.took / std::chrono::microseconds{1};
        number("duration_ms", microseconds / 1000);
        *out_ += '.';
        append_padded(*out_, microseconds % 1000, 3);
        number("bytes", event.bytes);
    }
    void operator()(const StoreFailed& event) const {
        text("message", "the store cannot answer");
        text("request_id", event.request_id);
        text("reason", event.reason);
    }
    void operator()(const Bug& event) const {
        text("message", "unexpected exception");
        text("request_id", event.request_id);
        text("reason", event.reason);
    }
    void operator()(const ConnectionOpened& /*event*/) const {
        text("message", "connection opened");
    }
    void operator()(const ConnectionEnded& event) const {
        text("message", "connection ended");
        text("end", to_text(event.end));
    }
    void operator()(const Started& event) const {
        text("message", "serving");
        text("address", event.address);
        text("dataset", event.dataset);
        number("gene_count", event.gene_count);
        number("threads", event.threads);
    }
    void operator()(const DatasetSwitched& event) const {
        text("message", "switched dataset");
        text("dataset", event.dataset);
        number("gene_count", event.gene_count);
    }
    void operator()(const DatasetStale& event) const {
        text("message", "data may be stale");
        text("reason", event.reason);
    }
    void operator()(const DatasetFresh& /*event*/) const { text("message", "data is fresh again"); }
    void operator()(const Stopping& event) const {
        text("message", "stopping");
        text("reason", event.reason);
    }
    void operator()(const Stopped& event) const {
        text("message", "stopped");
        number("unfinished", event.unfinished);
    }
    void operator()(const Notice& event) const { text("message", event.message); }

private:
    void text(std::string_view name, std::string_view value) const {
        out_->append(",\"").append(name).append("\":");
        append_json_string(*out_, value);
    }
    template <class Number>
    void number(std::string_view name, Number value) const {
        const fmt::format_int digits(value);
        out_->append(",\"").append(name).append("\":").append(digits.data(), digits.size());
    }

    std::string* out_;
};

std::string to_short_text(nanoseconds took) {
    const auto microseconds = std::chrono::duration<double, std::micro>(took).count();
    if (microseconds < 1e3) return fmt::format("{:.0f}us", microseconds);
    if (microseconds < 1e6) return fmt::format("{:.1f}ms", microseconds / 1e3);
    return fmt::format("{:.1f}s", microseconds / 1e6);
}

// What happened, for people.
struct Tell {
    std::string operator()(const Answered& event) const {
        return fmt::format("{} {} {} {} {}B {}",
                           event.method,
                           event.route,
                           event.status,
                           to_short_text(event.took),
                           event.bytes,
                           event.request_id);
    }
    std::string operator()(const StoreFailed& event) const {
        return fmt::format("the store cannot answer: {} {}", event.reason, event.request_id);
    }
    std::string operator()(const Bug& event) const {
        return fmt::format("unexpected exception: {} {}", event.reason, event.request_id);
    }
    std::string operator()(const ConnectionOpened& /*event*/) const { return "connection opened"; }
    std::string operator()(const ConnectionEnded& event) const {
        return fmt::format("connection ended: {}", to_text(event.end));
    }
    std::string operator()(const Started& event) const {
        return fmt::format("serving {} ({} genes) on {} with {} thread{}",
                           event.dataset,
                           event.gene_count,
                           event.address,
                           event.threads,
                           event.threads == 1 ? "" : "s");
    }
    std::string operator()(const DatasetSwitched& event) const {
        return fmt::format("switched to {} ({} genes)", event.dataset, event.gene_count);
    }
    std::string operator()(const DatasetStale& event) const {
        return fmt::format("data may be stale: {}", event.reason);
    }
    std::string operator()(const DatasetFresh& /*event*/) const { return "data is fresh again"; }
    std::string operator()(const Stopping& event) const {
        return fmt::format("stopping: {}", event.reason);
    }
    std::string operator()(const Stopped& event) const {
        if (event.unfinished == 0) return "stopped";
        return fmt::format(
            "stopped, {} connection{} cut", event.unfinished, event.unfinished == 1 ? "" : "s");
    }
    std::string operator()(const Notice& event) const { return std::string(event.message); }
};

}  // namespace

LogLevel level_of(const Event& event) { return std::visit(Weigh{}, event); }

std::string_view to_text(LogLevel level) {
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
    return names.at(static_cast<std::size_t>(level));
}

std::string json_line(const Event& event, TimePoint at) {
    std::string line;
    line.reserve(256);
    line.append(R"({"time":")").append(text::UtcTime(at).to_milliseconds());
    line.append(R"(","level":")").append(to_text(level_of(event))).append("\"");
    std::visit(JsonFields(line), event);
    line += '}';
    return line;
}

std::string text_line(const Event& event, TimePoint at) {
    std::string line(text::UtcTime(at).time_of_day());
    const std::string told = std::visit(Tell{}, event);
    fmt::format_to(std::back_inserter(line), " {:<5} {}", to_text(level_of(event)), told);
    // A database's words may span lines, and an escape sequence could repaint a terminal.
    std::ranges::replace_if(line, text::is_control, ' ');
    return line;
}

}  // namespace chr21::observe
