#pragma once

#include "api/faults.hpp"
#include "service/problem.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chr21::api {

using service::Problem;

// What a kind of problem is called; "urn:chr21:problem:CODE" is its type.
struct ProblemKind {
    int status;
    std::string_view code;
    std::string_view title;
};

// The kind for a status; every status of 400 and more that we send has one.
const ProblemKind& problem_kind(int status);
// All of them, for the documents.
const std::vector<ProblemKind>& problem_kinds();

inline constexpr std::string_view problem_media_type = "application/problem+json";

// The one place that writes a problem. `instance` is the target as the caller sent it. Also carries
// `message`, which clients of the original service read.
std::string to_json(const Problem& problem, std::string_view instance);

// The problem of a request whose parameters are at fault; tells what the faults tell, and how many
// more there are. A 404 where each of them is a value that names nothing, else a 400.
Problem invalid_parameters(const Faults& faults);
Problem not_found(std::string detail, std::vector<std::string> suggestions = {});

}  // namespace chr21::api
