#include "api/contract.hpp"

#include "api/operation.hpp"
#include "api/problem.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace chr21::api {

namespace {

// The one media type that an operation always answers in; empty where Accept decides or all do.
std::string_view only_media_type(const Operation& operation) {
    const auto first = operation.media_types.front();
    return operation.media_types.size() > 1 || first == "*/*" ? std::string_view() : first;
}

std::string_view pin_of(const Operation& operation) {
    static constexpr std::string_view name = "dataset";
    const auto takes_it = [](const Parameter& parameter) { return parameter.name == name; };
    return std::ranges::any_of(operation.parameters, takes_it) ? name : std::string_view();
}

std::vector<service::Route> make_routes() {
    std::vector<service::Route> routes;
    std::ranges::transform(
        operations(), std::back_inserter(routes), [](const Operation& operation) {
            return service::Route{.method = operation.method,
                                  .path = operation.path,
                                  .freshness = operation.freshness,
                                  .media_type = only_media_type(operation),
                                  .pin = pin_of(operation),
                                  .estimate = operation.estimate};
        });
    return routes;
}

Answer answer(const service::Call& call) {
    const auto& operation = operations()[call.row];
    Faults faults;
    const auto arguments = parse_arguments(
        operation.parameters, call.path_values, call.query, {call.store, call.karyotype}, faults);
    if (!faults.empty()) return std::unexpected(invalid_parameters(faults));
    auto answer = operation.handler({call, arguments});
    if (answer && !arguments.notices().empty()) {
        const auto& notices = arguments.notices();
        answer->notices.insert(answer->notices.begin(), notices.begin(), notices.end());
    }
    return answer;
}

Content write(const Problem& problem, const service::Request& request) {
    return {.body = to_json(problem, request.target),
            .media_type = problem_media_type,
            .status = problem.status};
}

}  // namespace

const service::Dialect& contract() {
    static const auto routes = make_routes();
    static const service::Dialect dialect{
        .name = "chr21", .routes = routes, .reference = "/docs", .answer = answer, .write = write};
    return dialect;
}

}  // namespace chr21::api
