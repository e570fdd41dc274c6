#include "service/service.hpp"

#include "api/problem.hpp"
#include "service/delivery.hpp"
#include "service/query.hpp"
#include "service/request_id.hpp"
#include "service/route.hpp"
#include "service/router.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chr21::api {

namespace {

using Clock = std::chrono::steady_clock;

Problem wrong_method(const Match& match, const Request& request) {
    Problem problem{
        .status = 405,
        .detail = fmt::format("{} does not work here; {} do", request.method_text, match.allow)};
    problem.headers.add("Allow", match.allow);
    return problem;
}

Problem unavailable() {
    Problem problem{.status = 503,
                    .detail = "The data cannot be read at the moment; try again soon"};
    problem.headers.add("Retry-After", "5");
    return problem;
}

// The dataset that the query names, where the route takes it by name and the value can be read.
// What is wrong with the value is told together with the faults of all other parameters.
std::optional<std::string> pin_of(const Route& route, std::string_view query) {
    constexpr std::string_view name = "dataset";
    if (!query.contains(name)) return std::nullopt;
    if (std::ranges::find(route.parameters, name, &Parameter::name) == route.parameters.end()) {
        return std::nullopt;
    }
    for (const auto& part : split_query(query)) {
        if (part.name != name) continue;
        auto value = percent_decode(part.value.value_or(""), Plus::is_space);
        if (value && !value->empty()) return *std::move(value);
    }
    return std::nullopt;
}

Problem internal_error() {
    return {.status = 500,
            .detail = "A fault of the server; its log tells more under the request ID"};
}

}  // namespace

struct Service::Interior {
    const DatasetShelf& shelf;
    ServiceOptions options;
    observe::Observer observer;
    Delivery delivery;

    std::expected<Chosen, Problem> choose(const Match& match, std::string_view query) const;
    Answer call(const Exchange& exchange, std::string_view query, const Chosen& chosen) const;
    std::optional<Problem> refuse_unread(const Exchange& exchange, const TargetParts& target) const;
    Delivered answer(const Exchange& exchange, const TargetParts& target) const;
    Delivered answer_anew(const Exchange& exchange, const TargetParts& target) const;
    Delivered respond(const Exchange& exchange, const TargetParts& target) const;
    void report(const Match& match,
                std::string_view method,
                std::string_view request_id,
                const Delivered& delivered) const;
};

Service::Service(const DatasetShelf& shelf,
                 const ServiceOptions& options,
                 observe::Observer observer)
    : interior_(std::make_unique<Interior>(
          Interior{shelf, options, std::move(observer), Delivery(options)})) {}

Service::~Service() = default;

std::expected<Chosen, Problem> Service::Interior::choose(const Match& match,
                                                         std::string_view query) const {
    const auto pin = pin_of(*match.route, query);
    // The shelf keeps the active one until this thread asks again, which is for the next request.
    if (!pin) return Chosen{.dataset = shelf.active().get(), .stale_since = shelf.stale_since()};
    if (auto found = shelf.pinned(*pin)) {
        return Chosen{.dataset = found.get(), .pinned = std::move(found)};
    }
    auto names = shelf.names();
    auto detail =
        fmt::format("There is no dataset \"{}\"; there are: {}", *pin, fmt::join(names, ", "));
    return std::unexpected(not_found(std::move(detail), std::move(names)));
}

Answer Service::Interior::call(const Exchange& exchange,
                               std::string_view query,
                               const Chosen& chosen) const {
    const auto& match = exchange.match;
    const auto& [store, karyotype] = *chosen.dataset;
    std::vector<Error> faults;
    const auto arguments =
        parse_arguments(match.route->parameters,
                        std::span(match.path_values).first(match.path_value_count),
                        query,
                        {*store, karyotype},
                        faults);
    if (!faults.empty()) return std::unexpected(invalid_parameters(std::move(faults)));
    return match.route->handler(
        {exchange.request, arguments, *store, karyotype, options, chosen.stale_since});
}

// What is refused without a look at any parameter.
std::optional<Problem> Service::Interior::refuse_unread(const Exchange& exchange,
                                                        const TargetParts& target) const {
    const auto& [request, match, request_id, started] = exchange;
    if (match.route == nullptr) {
        return not_found(
            fmt::format("There is nothing at {}; /docs lists what there is", target.path));
    }
    if (!match.method_allowed) return wrong_method(match, request);
    if (request.body.size() > options.body_limit) {
        return Problem{
            .status = 413,
            .detail = fmt::format("The body has more than {} bytes", options.body_limit)};
    }
    return refuse_accept(*match.route, request.accept);
}

Delivered Service::Interior::answer(const Exchange& exchange, const TargetParts& target) const {
    if (exchange.request.method == Method::options && !exchange.match.allow.empty()) {
        return delivery.deliver_methods(exchange);
    }
    if (const auto refused = refuse_unread(exchange, target)) {
        return delivery.deliver(exchange, *refused);
    }
    const auto chosen = choose(exchange.match, target.query);
    if (!chosen) return delivery.deliver(exchange, chosen.error());
    auto answer = call(exchange, target.query, *chosen);
    return answer ? delivery.deliver(exchange, *std::move(answer), *chosen)
                  : delivery.deliver(exchange, answer.error());
}

// A dataset may be dropped before anybody has noticed that another one is active.
Delivered Service::Interior::answer_anew(const Exchange& exchange,
                                         const TargetParts& target) const {
    try {
        return answer(exchange, target);
    } catch (const DatasetDropped&) {
        shelf.look_again();
    }
    return answer(exchange, target);
}

// The one place where exceptions end.
Delivered Service::Interior::respond(const Exchange& exchange, const TargetParts& target) const {
    try {
        return answer_anew(exchange, target);
    } catch (const StoreUnavailable& fault) {
        observer(observe::StoreFailed{exchange.request_id, fault.what()});
        return delivery.deliver(exchange, unavailable());
    } catch (const std::exception& fault) {
        observer(observe::Bug{exchange.request_id, fault.what()});
        return delivery.deliver(exchange, internal_error());
    }
}

Response Service::answer(const Request& request) const {
    const bool timed = request.taken_up != Clock::time_point();
    const auto started = timed ? request.taken_up : Clock::now();
    const RequestId request_id(request.request_id);
    const auto target = split_target(request.target);
    const auto match = match_route(request.method, target.path);
    const Exchange exchange{request, match, request_id.text(), started};
    auto delivered = interior_->respond(exchange, target);
    interior_->report(match, request.method_text, request_id.text(), delivered);
    return std::move(delivered.response);
}

void Service::rest() const { interior_->shelf.active(); }

Response Service::refuse(int status, std::string_view detail) const {
    const auto started = Clock::now();
    const RequestId request_id({});
    Problem problem{.status = status, .detail = std::string(detail)};
    if (status == 503) problem.headers.add("Retry-After", "1");
    const Request request{};
    const Match match{};
    auto delivered =
        interior_->delivery.deliver({request, match, request_id.text(), started}, problem);
    interior_->report(match, "", request_id.text(), delivered);
    return std::move(delivered.response);
}

void Service::Interior::report(const Match& match,
                               std::string_view method,
                               std::string_view request_id,
                               const Delivered& delivered) const {
    observer(observe::Answered{.request_id = request_id,
                               .method = method,
                               .route = match.route == nullptr ? "unmatched" : match.route->path,
                               .route_index = match.route == nullptr
                                                  ? static_cast<std::uint16_t>(routes().size())
                                                  : match.index,
                               .status = delivered.response.status,
                               .bytes = delivered.response.body.size(),
                               .took = delivered.took});
}

}  // namespace chr21::api
