#include "api/problem.hpp"

#include "text/json_writer.hpp"

#include <algorithm>
#include <utility>

namespace chr21::api {

const std::vector<ProblemKind>& problem_kinds() {
    static const std::vector<ProblemKind> kinds{
        {400, "invalid-request", "The request cannot be understood"},
        {404, "not-found", "There is no such thing"},
        {405, "method-not-allowed", "This method does not work here"},
        {406, "not-acceptable", "No acceptable representation"},
        {408, "request-timeout", "The request did not arrive in time"},
        {413, "content-too-large", "The body is too large"},
        {414, "uri-too-long", "The address is too long"},
        {415, "unsupported-media-type", "The body is of the wrong type"},
        {417, "expectation-failed", "The expectation cannot be met"},
        {431, "headers-too-large", "The header fields are too large"},
        {500, "internal-error", "A fault of the server"},
        {501, "not-implemented", "Not supported by this server"},
        {503, "unavailable", "Not available at the moment"},
        {505, "http-version-not-supported", "This version of HTTP is not supported"},
    };
    return kinds;
}

const ProblemKind& problem_kind(int status) {
    const auto& kinds = problem_kinds();
    const auto found = std::ranges::find(kinds, status, &ProblemKind::status);
    return found != kinds.end() ? *found : *std::ranges::find(kinds, 500, &ProblemKind::status);
}

std::string to_json(const Problem& problem, std::string_view instance) {
    const auto& kind = problem_kind(problem.status);
    std::string written;
    text::JsonWriter json(written);
    json.begin_object();
    json.member("type", std::string("urn:chr21:problem:").append(kind.code));
    json.member("title", kind.title);
    json.member("status", problem.status);
    json.member("detail", problem.detail);
    json.member("instance", instance);
    json.member("message", problem.detail);
    json.begin_array("errors");
    for (const auto& [parameter, value, message] : problem.errors) {
        json.begin_object();
        json.member("parameter", parameter);
        json.member("value", value);
        json.member("message", message);
        json.end_object();
    }
    json.end_array();
    if (problem.more_errors > 0) json.member("more_errors", problem.more_errors);
    if (!problem.suggestions.empty()) json.member("suggestions", problem.suggestions);
    json.end_object();
    return written;
}

Problem invalid_parameters(const Faults& faults) {
    std::string detail;
    for (const auto& error : faults.told()) {
        if (!detail.empty()) detail += "; ";
        detail.append(error.parameter).append(" ").append(error.message);
    }
    if (faults.untold() > 0) {
        detail.append("; and ").append(std::to_string(faults.untold())).append(" more faults");
    }
    const bool are_missing = !faults.empty() && faults.are_all_missing();
    return {.status = are_missing ? 404 : 400,
            .detail = std::move(detail),
            .errors = faults.told(),
            .more_errors = faults.untold(),
            .suggestions = are_missing ? faults.nearest() : std::vector<std::string>()};
}

Problem not_found(std::string detail, std::vector<std::string> suggestions) {
    return {.status = 404, .detail = std::move(detail), .suggestions = std::move(suggestions)};
}

}  // namespace chr21::api
