#include "api/problem.hpp"

#include "api/representation.hpp"

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

namespace {

void append_member(std::string& json, std::string_view name, std::string_view text) {
    append_json_string(json, name);
    json += ':';
    append_json_string(json, text);
}

void append_errors(std::string& json, const std::vector<Error>& errors) {
    json += ",\"errors\":[";
    for (const auto& [parameter, value, message] : errors) {
        if (json.back() != '[') json += ',';
        json += '{';
        append_member(json, "parameter", parameter);
        json += ',';
        append_member(json, "value", value);
        json += ',';
        append_member(json, "message", message);
        json += '}';
    }
    json += ']';
}

void append_suggestions(std::string& json, const std::vector<std::string>& suggestions) {
    json += ",\"suggestions\":[";
    for (const auto& suggestion : suggestions) {
        if (json.back() != '[') json += ',';
        append_json_string(json, suggestion);
    }
    json += ']';
}

}  // namespace

std::string to_json(const Problem& problem, std::string_view instance) {
    const auto& kind = problem_kind(problem.status);
    std::string json = "{";
    append_member(json, "type", std::string("urn:chr21:problem:").append(kind.code));
    json += ',';
    append_member(json, "title", kind.title);
    json += ",\"status\":" + std::to_string(problem.status) + ',';
    append_member(json, "detail", problem.detail);
    json += ',';
    append_member(json, "instance", instance);
    json += ',';
    append_member(json, "message", problem.detail);
    append_errors(json, problem.errors);
    if (!problem.suggestions.empty()) append_suggestions(json, problem.suggestions);
    json += '}';
    return json;
}

Problem invalid_parameters(std::vector<Error> errors) {
    std::string detail;
    for (const auto& error : errors) {
        if (!detail.empty()) detail += "; ";
        detail.append(error.parameter).append(" ").append(error.message);
    }
    return {.status = 400, .detail = std::move(detail), .errors = std::move(errors)};
}

Problem not_found(std::string detail, std::vector<std::string> suggestions) {
    return {.status = 404, .detail = std::move(detail), .suggestions = std::move(suggestions)};
}

}  // namespace chr21::api
