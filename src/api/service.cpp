#include "api/service.hpp"

#include "api/delivery.hpp"
#include "api/problem.hpp"
#include "api/query.hpp"
#include "api/request_id.hpp"
#include "api/route.hpp"
#include "api/routing.hpp"

#include <charconv>
#include <chrono>
#include <exception>
#include <utility>

#include <fmt/format.h>

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

Problem internal_error() {
    return {.status = 500,
            .detail = "A fault of the server; its log tells more under the request ID"};
}

}  // namespace

struct Service::Interior {
    const GeneStore& store;
    const Karyotype& karyotype;
    ServiceOptions options;
    observe::Observer observer;
    Delivery delivery;

    Answer call(const Match& match, const Request& request, std::string_view query) const;
    Answer route(const Match& match, const Request& request, const TargetParts& target) const;
    Response respond(const Exchange& exchange, const TargetParts& target) const;
    void report(const Match& match,
                std::string_view method,
                std::string_view request_id,
                const Response& response,
                Clock::time_point started) const;
};

Service::Service(const GeneStore& store,
                 const Karyotype& karyotype,
                 const ServiceOptions& options,
                 observe::Observer observer)
    : interior_(std::make_unique<Interior>(
          Interior{store, karyotype, options, std::move(observer), Delivery(options)})) {}

Service::~Service() = default;

Answer Service::Interior::call(const Match& match,
                               const Request& request,
                               std::string_view query) const {
    const auto& route = *match.route;
    std::vector<Error> faults;
    const auto arguments =
        parse_arguments(route.parameters,
                        std::span(match.path_values).first(match.path_value_count),
                        query,
                        {store, karyotype},
                        faults);
    if (!faults.empty()) return std::unexpected(invalid_parameters(std::move(faults)));
    return route.handler({request, arguments, store, karyotype, options});
}

Answer Service::Interior::route(const Match& match,
                                const Request& request,
                                const TargetParts& target) const {
    if (request.method == Method::options && !match.allow.empty()) {
        return Content{.media_type = {}, .status = 204};
    }
    if (match.route == nullptr) {
        return std::unexpected(not_found(
            fmt::format("There is nothing at {}; /docs lists what there is", target.path)));
    }
    if (!match.method_allowed) return std::unexpected(wrong_method(match, request));
    if (request.body.size() > options.body_limit) {
        return std::unexpected(
            Problem{.status = 413,
                    .detail = fmt::format("The body has more than {} bytes", options.body_limit)});
    }
    if (auto refused = refuse_accept(*match.route, request.accept)) {
        return std::unexpected(*std::move(refused));
    }
    return call(match, request, target.query);
}

// The one place where exceptions end.
Response Service::Interior::respond(const Exchange& exchange, const TargetParts& target) const {
    try {
        auto answer = route(exchange.match, exchange.request, target);
        return answer ? delivery.deliver(exchange, *std::move(answer), store.dataset())
                      : delivery.deliver(exchange, answer.error());
    } catch (const StoreUnavailable& fault) {
        observer(observe::StoreFailed{exchange.request_id, fault.what()});
        return delivery.deliver(exchange, unavailable());
    } catch (const std::exception& fault) {
        observer(observe::Bug{exchange.request_id, fault.what()});
        return delivery.deliver(exchange, internal_error());
    }
}

Response Service::answer(const Request& request) const {
    const auto started = Clock::now();
    const RequestId request_id(request.request_id);
    const auto target = split_target(request.target);
    const auto match = match_route(request.method, target.path);
    const Exchange exchange{request, match, request_id.text(), started};
    auto response = interior_->respond(exchange, target);
    interior_->report(match, request.method_text, request_id.text(), response, started);
    return response;
}

Response Service::refuse(int status, std::string_view detail) const {
    const auto started = Clock::now();
    const RequestId request_id({});
    Problem problem{.status = status, .detail = std::string(detail)};
    if (status == 503) problem.headers.add("Retry-After", "1");
    const Request request{};
    const Match match{};
    auto response =
        interior_->delivery.deliver({request, match, request_id.text(), started}, problem);
    interior_->report(match, "", request_id.text(), response, started);
    return response;
}

void Service::Interior::report(const Match& match,
                               std::string_view method,
                               std::string_view request_id,
                               const Response& response,
                               Clock::time_point started) const {
    observer(observe::Answered{.request_id = request_id,
                               .method = method,
                               .route = match.route == nullptr ? "unmatched" : match.route->path,
                               .route_index = match.route == nullptr
                                                  ? static_cast<std::uint16_t>(routes().size())
                                                  : match.index,
                               .status = response.status,
                               .bytes = response.body.size(),
                               .took = Clock::now() - started});
}

}  // namespace chr21::api
