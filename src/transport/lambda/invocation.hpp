#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <optional>
#include <string>

namespace chr21::lambda {

// One event as the Runtime API handed it over.
struct Invocation {
    using Clock = std::chrono::steady_clock;

    std::string request_id;  // Lambda-Runtime-Aws-Request-Id
    // When the platform ends it; absent where it did not say.
    std::optional<std::chrono::system_clock::time_point> deadline = {};
    std::string trace_id = {};       // Lambda-Runtime-Trace-Id whole; empty where tracing is off
    std::string function_arn = {};   // as invoked, with version or alias
    std::string invocation_id = {};  // goes back with the answer; empty where there is none
    std::string event = {};          // JSON
    bool is_first = false;           // of this process, so it waited for the start
    Clock::time_point received = {};
    // The end of its budget: by then it has to be answered. Somebody else does so soon afterwards.
    Clock::time_point answer_by = {};
};

// Why an invocation or a start failed. `type` is what the platform counts it under and has to fit
// (Runtime|Function)\.[A-Z][a-zA-Z]+, or it becomes Runtime.Unknown.
struct Failure {
    std::string type;
    std::string message;

    friend bool operator==(const Failure&, const Failure&) = default;
};

// From an invocation to the JSON of its answer. Called from several threads at once.
using Handler = std::function<std::expected<std::string, Failure>(const Invocation&)>;

}  // namespace chr21::lambda
