#include "transport/lambda/runtime_api.hpp"

#include "text/ascii.hpp"
#include "text/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <utility>

namespace chr21::lambda {
namespace {

constexpr std::string_view runtime = "/2018-06-01/runtime";

// May stand in a path as it is. The platform's are UUIDs.
bool is_fit_for_path(std::string_view id) {
    return !id.empty() && std::ranges::all_of(id, [](char byte) {
        return text::is_letter(byte) || text::is_digit(byte) || byte == '-' || byte == '_' ||
               byte == '.';
    });
}

// May stand in a header field as it is: one with a line break would be two.
bool is_fit_for_field(std::string_view value) {
    return std::ranges::none_of(value, text::is_control);
}

std::optional<std::chrono::system_clock::time_point> parse_deadline(std::string_view value) {
    std::int64_t milliseconds = 0;
    const auto [last, fault] =
        std::from_chars(value.data(), value.data() + value.size(), milliseconds);
    // As many as the clock can tell in its nanoseconds.
    constexpr auto most =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::duration::max())
            .count();
    if (fault != std::errc{} || last != value.data() + value.size() || milliseconds < 0 ||
        milliseconds > most)
        return {};
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
}

std::string path_of(const Invocation& invocation, std::string_view what) {
    return std::string(runtime) + "/invocation/" + invocation.request_id + std::string(what);
}

// The lines that every post about this invocation has.
std::string fields_of(const Invocation& invocation) {
    std::string fields = "Content-Type: application/json\r\n";
    if (!invocation.invocation_id.empty()) {
        fields += "Lambda-Runtime-Invocation-Id: " + invocation.invocation_id + "\r\n";
    }
    return fields;
}

std::string unexpected_status(std::string_view path, int status) {
    return "the Runtime API answered " + std::to_string(status) + " to " + std::string(path);
}

}  // namespace

std::expected<Invocation, std::string> RuntimeApi::next() {
    const ApiRequest request{.path = std::string(runtime) + "/invocation/next"};
    auto answer = connection_.exchange(request, Connection::Interruptible::yes);
    if (!answer) return std::unexpected(std::move(answer.error()));
    if (answer->status != 200) {
        return std::unexpected(unexpected_status(request.path, answer->status));
    }
    const auto field = [&answer](std::string_view name) { return std::string(answer->find(name)); };
    Invocation invocation{
        .request_id = field("Lambda-Runtime-Aws-Request-Id"),
        .deadline = parse_deadline(field("Lambda-Runtime-Deadline-Ms")),
        .trace_id = field("Lambda-Runtime-Trace-Id"),
        .function_arn = field("Lambda-Runtime-Invoked-Function-Arn"),
        .invocation_id = field("Lambda-Runtime-Invocation-Id"),
        .event = std::move(answer->body),
        .received = Invocation::Clock::now(),
    };
    if (!is_fit_for_path(invocation.request_id)) {
        return std::unexpected(
            std::string("the Runtime API gave no Lambda-Runtime-Aws-Request-Id that can be used"));
    }
    if (!is_fit_for_field(invocation.invocation_id)) {
        return std::unexpected(std::string(
            "the Runtime API gave a Lambda-Runtime-Invocation-Id with control characters"));
    }
    return invocation;
}

std::expected<Posted, std::string> RuntimeApi::answer(const Invocation& invocation,
                                                      std::string_view json) {
    return post({.method = "POST",
                 .path = path_of(invocation, "/response"),
                 .fields = fields_of(invocation),
                 .body = json});
}

std::expected<Posted, std::string> RuntimeApi::fail(const Invocation& invocation,
                                                    const Failure& failure) {
    return post_failure(
        {.method = "POST", .path = path_of(invocation, "/error"), .fields = fields_of(invocation)},
        failure);
}

std::expected<Posted, std::string> RuntimeApi::fail_start(const Failure& failure) {
    return post_failure({.method = "POST",
                         .path = std::string(runtime) + "/init/error",
                         .fields = "Content-Type: application/json\r\n"},
                        failure);
}

std::expected<Posted, std::string> RuntimeApi::post_failure(ApiRequest request,
                                                            const Failure& failure) {
    const auto json = to_json(failure);
    request.fields += "Lambda-Runtime-Function-Error-Type: " + failure.type + "\r\n";
    request.body = json;
    return post(request);
}

std::expected<Posted, std::string> RuntimeApi::post(const ApiRequest& request) {
    const auto answer = connection_.exchange(request);
    if (!answer) return std::unexpected(answer.error());
    switch (answer->status) {
        case 200:
        case 202:
            return Posted::accepted;
        case 400:
            return Posted::refused;
        case 403:
        case 410:
            return Posted::too_late;
        case 413:
            return Posted::too_large;
        default:
            return std::unexpected(unexpected_status(request.path, answer->status));
    }
}

std::string to_json(const Failure& failure) {
    std::string out;
    text::JsonWriter json(out);
    json.begin_object();
    json.member("errorType", failure.type);
    json.member("errorMessage", failure.message);
    json.begin_array("stackTrace");
    json.end_array();
    json.end_object();
    return out;
}

}  // namespace chr21::lambda
