#include "service/refusals.hpp"

#include "service/negotiation.hpp"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chr21::service {

Problem nothing_there(const Exchange& exchange) {
    auto detail = fmt::format("There is nothing at {}", exchange.target.path);
    const auto reference = exchange.match.dialect->reference;
    if (!reference.empty()) detail += fmt::format("; {} lists what there is", reference);
    return {.status = 404, .detail = std::move(detail)};
}

Problem wrong_method(const Exchange& exchange) {
    const auto allow = exchange.match.allow;
    Problem problem{
        .status = 405,
        .detail = fmt::format("{} does not work here; {} do", exchange.request.method_text, allow)};
    problem.headers.add("Allow", allow);
    return problem;
}

Problem unknown_dataset(std::string_view pin, std::vector<std::string> names) {
    return {.status = 404,
            .detail = fmt::format(
                "There is no dataset \"{}\"; there are: {}", pin, fmt::join(names, ", ")),
            .suggestions = std::move(names)};
}

Problem unavailable() {
    Problem problem{.status = 503,
                    .detail = "The data cannot be read at the moment; try again soon"};
    problem.headers.add("Retry-After", "5");
    return problem;
}

Problem out_of_time() {
    Problem problem{.status = 503, .detail = "This took too long; ask for less, or try again"};
    problem.headers.add("Retry-After", "5");
    return problem;
}

Problem too_much_to_do() {
    Problem problem{.status = 503,
                    .detail = "There is too much to do at the moment; try again soon"};
    problem.headers.add("Retry-After", "1");
    return problem;
}

Problem internal_error() {
    return {.status = 500,
            .detail = "A fault of the server; its log tells more under the request ID"};
}

Problem too_long_an_answer(std::size_t most_bytes) {
    return {.status = 413,
            .detail = fmt::format(
                "The answer has more than the {} bytes that can be sent here; ask for fewer genes "
                "at a time, or let it be compressed",
                most_bytes)};
}

std::optional<Problem> refuse_accept(const Route& route, std::string_view accept) {
    if (accept.empty() || accept == "*/*" || route.media_type.empty() ||
        choose_media_type(accept, {&route.media_type, 1})) {
        return std::nullopt;
    }
    return Problem{.status = 406,
                   .detail = fmt::format("Accept does not allow {}, which is all there is here",
                                         route.media_type)};
}

}  // namespace chr21::service
