#include "observe/log_line.hpp"

#include "observe/connection_end.hpp"
#include "observe/current_invocation.hpp"
#include "observe/database_work.hpp"
#include "observe/lane.hpp"
#include "text/append_number.hpp"
#include "text/ascii.hpp"
#include "text/json_writer.hpp"
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
    LogLevel operator()(const DatabaseAsked& /*event*/) const { return LogLevel::debug; }
    LogLevel operator()(const TaskQueued& /*event*/) const { return LogLevel::debug; }
    LogLevel operator()(const TaskTaken& /*event*/) const { return LogLevel::debug; }
    LogLevel operator()(const TaskRefused& /*event*/) const { return LogLevel::warning; }
    LogLevel operator()(const DatasetStale& /*event*/) const { return LogLevel::warning; }
    LogLevel operator()(const InvocationFailed& /*event*/) const { return LogLevel::error; }
    LogLevel operator()(const InvocationOverdue& /*event*/) const { return LogLevel::error; }
    LogLevel operator()(const AnswerRefused& /*event*/) const { return LogLevel::warning; }
    LogLevel operator()(const Stopped& event) const {
        return event.unfinished > 0 ? LogLevel::warning : LogLevel::info;
    }
    template <class Other>
    LogLevel operator()(const Other& /*event*/) const {
        return LogLevel::info;
    }
};

// What callers say of themselves is logged whole or not at all.
bool is_fit(std::string_view given) {
    constexpr std::size_t longest = 512;
    return !given.empty() && given.size() <= longest;
}

// With the microseconds as decimals: "0.042".
void append_milliseconds(std::string& out, nanoseconds took) {
    const auto microseconds = took / std::chrono::microseconds{1};
    text::append_number(out, microseconds / 1000);
    out += '.';
    for (auto unit = 100; unit > 0; unit /= 10) {
        out += static_cast<char>('0' + microseconds / unit % 10);
    }
}

// The fields of an event after its time and level.
class JsonFields {
public:
    explicit JsonFields(text::JsonWriter& json) : json_(json) {}

    void operator()(const Answered& event) const {
        json_.member("message", "answered");
        json_.member("request_id", event.request_id);
        json_.member("method", event.method);
        json_.member("route", event.route);
        json_.member("status", event.status);
        json_.key("duration_ms");
        append_milliseconds(json_.raw(), event.took);
        json_.member("bytes", event.bytes);
        if (!event.is_whole) json_.member("cut_off", true);
        if (is_fit(event.traceparent)) json_.member("traceparent", event.traceparent);
    }
    void operator()(const StoreFailed& event) const {
        json_.member("message", "the store cannot answer");
        json_.member("request_id", event.request_id);
        json_.member("reason", event.reason);
    }
    void operator()(const Bug& event) const {
        json_.member("message", "unexpected exception");
        json_.member("request_id", event.request_id);
        json_.member("reason", event.reason);
    }
    void operator()(const ConnectionOpened& /*event*/) const {
        json_.member("message", "connection opened");
    }
    void operator()(const ConnectionEnded& event) const {
        json_.member("message", "connection ended");
        json_.member("end", to_text(event.end));
    }
    void operator()(const DatabaseAsked& event) const {
        json_.member("message", "asked the database");
        json_.member("work", to_text(event.work));
        json_.key("duration_ms");
        append_milliseconds(json_.raw(), event.took);
        json_.member("rows", event.rows);
        json_.member("failed", event.failed);
    }
    void operator()(const TaskQueued& event) const { tell("waiting for a worker", event.lane); }
    void operator()(const TaskTaken& event) const { tell("taken by a worker", event.lane); }
    void operator()(const TaskRefused& event) const { tell("too much to do", event.lane); }
    void operator()(const Started& event) const {
        json_.member("message", "serving");
        json_.member("address", event.address);
        json_.member("dataset", event.dataset);
        json_.member("gene_count", event.gene_count);
        json_.member("threads", event.threads);
    }
    void operator()(const DatasetSwitched& event) const {
        json_.member("message", "switched dataset");
        json_.member("dataset", event.dataset);
        json_.member("gene_count", event.gene_count);
    }
    void operator()(const DatasetStale& event) const {
        json_.member("message", "data may be stale");
        json_.member("reason", event.reason);
    }
    void operator()(const DatasetFresh& /*event*/) const {
        json_.member("message", "data is fresh again");
    }
    void operator()(const InvocationFailed& event) const {
        json_.member("message", "the invocation failed");
        json_.member("type", event.type);
        json_.member("reason", event.reason);
    }
    void operator()(const InvocationOverdue& event) const {
        json_.member("message", "answered for what took too long");
        json_.key("duration_ms");
        append_milliseconds(json_.raw(), event.took);
    }
    void operator()(const AnswerRefused& event) const {
        json_.member("message", "the platform did not take an answer");
        json_.member("reason", event.reason);
    }
    void operator()(const Stopping& event) const {
        json_.member("message", "stopping");
        json_.member("reason", event.reason);
    }
    void operator()(const Stopped& event) const {
        json_.member("message", "stopped");
        json_.member("unfinished", event.unfinished);
    }
    void operator()(const Notice& event) const { json_.member("message", event.message); }

private:
    void tell(std::string_view message, Lane lane) const {
        json_.member("message", message);
        json_.member("lane", to_text(lane));
    }

    text::JsonWriter& json_;
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
        return fmt::format("{} {} {} {} {}B{} {}",
                           event.method,
                           event.route,
                           event.status,
                           to_short_text(event.took),
                           event.bytes,
                           event.is_whole ? "" : " cut off",
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
    std::string operator()(const DatabaseAsked& event) const {
        return fmt::format("asked the database: {} {} {} row{}{}",
                           to_text(event.work),
                           to_short_text(event.took),
                           event.rows,
                           event.rows == 1 ? "" : "s",
                           event.failed ? " failed" : "");
    }
    std::string operator()(const TaskQueued& event) const {
        return fmt::format("waiting for a worker: {}", to_text(event.lane));
    }
    std::string operator()(const TaskTaken& event) const {
        return fmt::format("taken by a worker: {}", to_text(event.lane));
    }
    std::string operator()(const TaskRefused& event) const {
        return fmt::format("too much to do: {}", to_text(event.lane));
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
    std::string operator()(const InvocationFailed& event) const {
        return fmt::format("the invocation failed: {} {}", event.type, event.reason);
    }
    std::string operator()(const InvocationOverdue& event) const {
        return fmt::format("answered for what took too long: {}", to_short_text(event.took));
    }
    std::string operator()(const AnswerRefused& event) const {
        return fmt::format("the platform did not take an answer: {}", event.reason);
    }
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

// AWS Lambda's words.
std::string_view to_lambda_text(LogLevel level) {
    constexpr std::array<std::string_view, 4> names{"DEBUG", "INFO", "WARN", "ERROR"};
    return names.at(static_cast<std::size_t>(level));
}

// Which trace the event belongs to: what the platform says goes before what the caller sent.
std::string_view trace_of(const Event& event, const InvocationFacts* facts) {
    if (facts != nullptr && !facts->trace_id.empty()) return facts->trace_id;
    const auto* const answered = std::get_if<Answered>(&event);
    return answered != nullptr && is_fit(answered->trace_header) ? answered->trace_header : "";
}

// What is known of the invocation that this thread answers.
void append_invocation(text::JsonWriter& json, const Event& event) {
    const auto* const facts = CurrentInvocation::find();
    if (const auto trace = trace_of(event, facts); !trace.empty()) json.member("trace_id", trace);
    if (facts == nullptr) return;
    json.member("aws_request_id", facts->request_id);
    if (std::holds_alternative<Answered>(event)) json.member("cold_start", facts->is_first);
}

}  // namespace

LogLevel level_of(const Event& event) { return std::visit(Weigh{}, event); }

std::string_view to_text(LogLevel level) {
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
    return names.at(static_cast<std::size_t>(level));
}

std::string json_line(const Event& event, TimePoint at, LogStyle style) {
    std::string line;
    line.reserve(256);
    text::JsonWriter json(line);
    json.begin_object();
    const text::UtcTime time(at);
    const auto level = level_of(event);
    const bool for_lambda = style == LogStyle::lambda;
    json.member("time", time.to_milliseconds());
    if (for_lambda) json.member("timestamp", time.to_milliseconds());
    json.member("level", for_lambda ? to_lambda_text(level) : to_text(level));
    std::visit(JsonFields(json), event);
    append_invocation(json, event);
    json.end_object();
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
