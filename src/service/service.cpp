#include "service/service.hpp"

#include "service/delivery.hpp"
#include "service/query.hpp"
#include "service/refusals.hpp"
#include "service/request_id.hpp"
#include "service/router.hpp"
#include "store/request_deadline.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <limits>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace chr21::service {

namespace {

using Clock = Service::Clock;
using Answered = std::expected<Response, Cost>;

// What a thread that others wait for may spend on one answer.
constexpr std::chrono::milliseconds little_time{2};

// With three decimals, as Server-Timing has them.
std::string milliseconds(std::chrono::nanoseconds took) {
    const auto microseconds = took.count() / 1000;
    auto decimals = std::to_string(1000 + microseconds % 1000);
    decimals.front() = '.';
    return std::to_string(microseconds / 1000) + decimals;
}

// Whether a part of a query is the parameter of that name, however the name was sent.
bool is_of(const QueryPart& part, std::string_view name) {
    if (!part.name.contains('%')) return part.name == name;
    return percent_decode(part.name, Plus::is_space) == name;
}

// The dataset that the query names, where the route takes it by name and the value can be read.
// What is wrong with the value is for the dialect to tell, with the faults of all parameters.
std::optional<std::string> pin_of(const Route& route, std::span<const QueryPart> query) {
    if (route.pin.empty()) return std::nullopt;
    for (const auto& part : query) {
        if (!is_of(part, route.pin)) continue;
        const auto value = percent_decode(part.value.value_or(""), Plus::is_space);
        const auto seen = value ? text::trimmed(*value) : std::string_view();
        if (!seen.empty()) return std::string(seen);
    }
    return std::nullopt;
}

// How a long body is wanted.
enum class Body : std::uint8_t { in_pieces, whole };

// What the calling thread may spend, and what it can do with the answer.
struct Allowance {
    Cost cost = Cost::waiting;
    Body body = Body::in_pieces;
    std::size_t most_bytes = std::numeric_limits<std::size_t>::max();  // of a whole body
};

// What is known of a request before it is answered.
struct Received {
    Received(const Router& router, const Request& request)
        : request_id(request.request_id),
          target(split_target(request.target)),
          match(router.match(request.method, target.path)),
          exchange{request, target, match, request_id.text()} {}
    Received(const Received&) = delete;
    Received& operator=(const Received&) = delete;
    Received(Received&&) = delete;
    Received& operator=(Received&&) = delete;
    ~Received() = default;

    RequestId request_id;
    Target target;
    Match match;
    Exchange exchange;
};

// Whether the whole body has no more than so many bytes.
bool make_whole(Response& response, std::size_t most_bytes) {
    if (response.long_body != nullptr) {
        if (!response.long_body->read_to_end(response.body, most_bytes)) return false;
        response.long_body.reset();
        response.headers.add("Content-Length", std::to_string(response.body.size()));
    }
    return response.body.size() <= most_bytes;
}

}  // namespace

struct Service::Interior {
    const DatasetShelf& shelf;
    ServiceOptions options;
    observe::Observer observer;
    Router router;
    Delivery delivery;

    Answered respond(const Request& request, Clock::time_point since, Allowance allowed) const;
    Response respond_in_time(const Request& request,
                             Clock::time_point since,
                             Allowance allowed) const;
    Response refuse(const Request& request, Clock::time_point since, const Problem& problem) const;
    Answered end_exceptions(const Exchange& exchange, Allowance allowed) const;
    Answered with_one_retry(const Exchange& exchange, Allowance allowed) const;
    Answered answer(const Exchange& exchange, Allowance allowed) const;
    static Cost cost_of(const Exchange& exchange,
                        std::span<const QueryPart> query,
                        const OpenDataset* dataset);
    std::optional<Problem> refuse_unread(const Exchange& exchange) const;
    std::expected<Chosen, Problem> choose(const std::optional<std::string>& pin,
                                          std::shared_ptr<const OpenDataset> at_hand) const;
    Answer call(const Exchange& exchange,
                std::span<const QueryPart> query,
                const Chosen& chosen) const;
    void finish(const Exchange& exchange, Clock::time_point since, Response& response) const;
    void report_at_end(LongBody& body, const observe::Answered& so_far) const;
};

Service::Service(const DatasetShelf& shelf,
                 std::span<const Dialect* const> dialects,
                 ServiceOptions options,
                 observe::Observer observer) {
    const Delivery delivery(options);
    interior_ = std::make_unique<Interior>(
        Interior{shelf, std::move(options), std::move(observer), Router(dialects), delivery});
}

Service::~Service() = default;

Response Service::answer(const Request& request, Clock::time_point since) const {
    return interior_->respond_in_time(request, since, {});
}

Response Service::answer_whole(const Request& request,
                               Clock::time_point since,
                               std::size_t most_bytes) const {
    return interior_->respond_in_time(
        request, since, {.body = Body::whole, .most_bytes = most_bytes});
}

std::expected<Response, Cost> Service::answer_at_once(const Request& request,
                                                      Clock::time_point since) const {
    return interior_->respond(request, since, {.cost = Cost::little});
}

Response Service::Interior::respond_in_time(const Request& request,
                                            Clock::time_point since,
                                            Allowance allowed) const {
    std::optional<RequestDeadline> deadline;
    if (const auto time = options.request_deadline) deadline.emplace(since + *time);
    return respond(request, since, allowed).value();
}

Answered Service::Interior::respond(const Request& request,
                                    Clock::time_point since,
                                    Allowance allowed) const {
    const Received received(router, request);
    auto answered = end_exceptions(received.exchange, allowed);
    if (answered) finish(received.exchange, since, *answered);
    return answered;
}

Response Service::Interior::refuse(const Request& request,
                                   Clock::time_point since,
                                   const Problem& problem) const {
    const Received received(router, request);
    auto response = delivery.deliver(received.exchange, problem);
    finish(received.exchange, since, response);
    return response;
}

Response Service::turn_away(const Request& request, Clock::time_point since) const {
    return interior_->refuse(request, since, too_much_to_do());
}

Response Service::give_up(const Request& request, Clock::time_point since) const {
    return interior_->refuse(request, since, out_of_time());
}

Response Service::refuse(int status, std::string_view detail) const {
    Problem problem{.status = status, .detail = std::string(detail)};
    if (status == 503) problem.headers.add("Retry-After", "1");
    return interior_->refuse({.method_text = ""}, Clock::now(), problem);
}

// The one place where exceptions end, but for those of a body that is being sent.
Answered Service::Interior::end_exceptions(const Exchange& exchange, Allowance allowed) const {
    try {
        return with_one_retry(exchange, allowed);
    } catch (const DeadlineExceeded& fault) {
        observer(observe::StoreFailed{exchange.request_id, fault.what()});
        return delivery.deliver(exchange, out_of_time());
    } catch (const StoreUnavailable& fault) {
        observer(observe::StoreFailed{exchange.request_id, fault.what()});
        return delivery.deliver(exchange, unavailable());
    } catch (const std::exception& fault) {
        observer(observe::Bug{exchange.request_id, fault.what()});
        return delivery.deliver(exchange, internal_error());
    }
}

// A dataset may be dropped before anybody has noticed that another one is active.
Answered Service::Interior::with_one_retry(const Exchange& exchange, Allowance allowed) const {
    try {
        return answer(exchange, allowed);
    } catch (const DatasetDropped&) {
        shelf.look_again();
    }
    return answer(exchange, allowed);
}

Answered Service::Interior::answer(const Exchange& exchange, Allowance allowed) const {
    const auto& match = exchange.match;
    if (exchange.request.method == Method::options && !match.allow.empty()) {
        return delivery.deliver_methods(exchange);
    }
    if (const auto refused = refuse_unread(exchange)) {
        return delivery.deliver(exchange, *refused);
    }
    const auto query = split_query(exchange.target.query, match.dialect->separators);
    const auto pin = pin_of(*match.route, query);
    auto at_hand = pin ? shelf.at_hand(*pin) : nullptr;
    if (allowed.cost == Cost::little) {
        const auto cost = cost_of(exchange, query, pin ? at_hand.get() : shelf.active().get());
        if (cost != Cost::little) return std::unexpected(cost);
    }
    RequestDeadline::check();  // it may have waited long for its turn
    const auto chosen = choose(pin, std::move(at_hand));
    if (!chosen) return delivery.deliver(exchange, chosen.error());
    auto answer = call(exchange, query, *chosen);
    if (!answer) return delivery.deliver(exchange, answer.error(), chosen->dataset);
    auto response = delivery.deliver(exchange, *std::move(answer), *chosen);
    if (allowed.body == Body::whole && !make_whole(response, allowed.most_bytes)) {
        return delivery.deliver(exchange, too_long_an_answer(allowed.most_bytes), chosen->dataset);
    }
    return response;
}

// `dataset` is null where it has to be looked for or opened first.
Cost Service::Interior::cost_of(const Exchange& exchange,
                                std::span<const QueryPart> query,
                                const OpenDataset* dataset) {
    const auto& route = *exchange.match.route;
    if (route.estimate == nullptr) return Cost::little;
    if (dataset == nullptr || dataset->may_wait) return Cost::waiting;
    const auto gene_count = dataset->store->dataset().gene_count;
    const Outlook outlook{exchange.request, exchange.target, query, gene_count};
    return route.estimate(outlook) > little_time ? Cost::computing : Cost::little;
}

// What is refused without a look at any parameter.
std::optional<Problem> Service::Interior::refuse_unread(const Exchange& exchange) const {
    const auto& [request, target, match, request_id] = exchange;
    if (match.route == nullptr) return nothing_there(exchange);
    if (!match.method_allowed) return wrong_method(exchange);
    if (request.body.size() > options.body_limit) {
        return Problem{
            .status = 413,
            .detail = fmt::format("The body has more than {} bytes", options.body_limit)};
    }
    return refuse_accept(*match.route, request.accept);
}

std::expected<Chosen, Problem> Service::Interior::choose(
    const std::optional<std::string>& pin, std::shared_ptr<const OpenDataset> at_hand) const {
    // The shelf keeps the active one until this thread asks again, which is for the next request.
    if (!pin) {
        const auto& active = shelf.active();
        return Chosen{
            .dataset = active.get(), .stale_since = shelf.stale_since(), .active = &active};
    }
    if (at_hand) return Chosen{.dataset = at_hand.get(), .pinned = std::move(at_hand)};
    for (const auto& name : {pin, text::with_plain_dashes(*pin)}) {
        if (!name) continue;
        if (auto found = shelf.pinned(*name)) {
            return Chosen{.dataset = found.get(), .pinned = std::move(found)};
        }
    }
    return std::unexpected(unknown_dataset(*pin, shelf.names()));
}

Answer Service::Interior::call(const Exchange& exchange,
                               std::span<const QueryPart> query,
                               const Chosen& chosen) const {
    const auto& match = exchange.match;
    const auto& dataset = *chosen.dataset;
    const auto row = static_cast<std::size_t>(match.route - match.dialect->routes.data());
    return match.dialect->answer({exchange.request,
                                  row,
                                  std::span(match.path_values).first(match.path_value_count),
                                  exchange.target,
                                  query,
                                  *dataset.store,
                                  dataset.karyotype,
                                  options,
                                  chosen.stale_since});
}

// Adds the last lines, which every response has: who asked and how long it took. Reports it, which
// the body does itself where it is still to be made.
void Service::Interior::finish(const Exchange& exchange,
                               Clock::time_point since,
                               Response& response) const {
    const auto took = Clock::now() - since;
    response.headers.add_lines("X-Request-Id: ",
                               exchange.request_id,
                               "\r\nServer-Timing: app;dur=",
                               milliseconds(took),
                               "\r\n");
    const observe::Answered answered{.request_id = exchange.request_id,
                                     .method = exchange.request.method_text,
                                     .route = exchange.match.name,
                                     .route_index = exchange.match.name_index,
                                     .status = response.status,
                                     .bytes = response.body.size(),
                                     .took = took,
                                     .traceparent = exchange.request.traceparent,
                                     .trace_header = exchange.request.trace_header};
    if (response.long_body == nullptr) {
        observer(answered);
    } else {
        report_at_end(*response.long_body, answered);
    }
}

// `so_far`: its views, but for the route, last no longer than the request.
void Service::Interior::report_at_end(LongBody& body, const observe::Answered& so_far) const {
    const auto id = std::make_shared<const std::string>(so_far.request_id);
    const auto fault = [this, id] {
        try {
            throw;
        } catch (const StoreUnavailable& failure) {
            observer(observe::StoreFailed{*id, failure.what()});
        } catch (const std::exception& bug) {
            observer(observe::Bug{*id, bug.what()});
        }
    };
    const auto end = [this,
                      id,
                      method = std::string(so_far.method),
                      traceparent = std::string(so_far.traceparent),
                      trace_header = std::string(so_far.trace_header),
                      so_far](const BodyEnd& sent) {
        auto answered = so_far;
        answered.request_id = *id;
        answered.method = method;
        answered.traceparent = traceparent;
        answered.trace_header = trace_header;
        answered.bytes = sent.bytes;
        answered.is_whole = sent.is_whole;
        answered.took += sent.took;
        observer(answered);
    };
    body.report_to(fault, end);
    body.set_patience(options.request_deadline);
}

void Service::let_go_of_old_dataset() const { interior_->shelf.active(); }

}  // namespace chr21::service
