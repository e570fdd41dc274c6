#include "cli/lambda_work.hpp"

#include "store/request_deadline.hpp"

#include <utility>

#include <fmt/format.h>

namespace chr21::cli {
namespace {

using lambda::Failure;
using Outcome = std::expected<std::string, Failure>;

Outcome unknown_event(const events::NotHttp& why) {
    return std::unexpected(Failure{.type = "Function.UnknownEvent", .message = why.reason});
}

// In the words of the event's sender; a response that is too long for it becomes a refusal.
Outcome write(const service::Service& service,
              const events::HttpEvent& event,
              const service::Response& response) {
    if (auto json = event.answer(response)) return *std::move(json);
    const auto refusal = service.refuse(
        413,
        fmt::format("The answer has more than the {} bytes that the caller's gateway takes; ask "
                    "for less of it",
                    event.answer_limit()));
    if (auto json = event.answer(refusal)) return *std::move(json);
    return std::unexpected(Failure{.type = "Function.AnswerTooLarge",
                                   .message = "not even a refusal fits the gateway's limit"});
}

// Lambda's name for the request where the caller has none.
service::Request request_of(const events::HttpEvent& event, const lambda::Invocation& invocation) {
    auto request = event.request();
    if (request.request_id.empty()) request.request_id = invocation.request_id;
    return request;
}

using Respond = service::Response (*)(const service::Service& service,
                                      const events::HttpEvent& event,
                                      const lambda::Invocation& invocation);

service::Response respond(const service::Service& service,
                          const events::HttpEvent& event,
                          const lambda::Invocation& invocation) {
    if (const auto& refusal = event.refusal()) {
        return service.refuse(refusal->status, refusal->detail);
    }
    const RequestDeadline end(invocation.answer_by);
    return service.answer_whole(
        request_of(event, invocation), invocation.received, event.answer_limit());
}

service::Response give_up(const service::Service& service,
                          const events::HttpEvent& event,
                          const lambda::Invocation& invocation) {
    return service.give_up(request_of(event, invocation), invocation.received);
}

lambda::Handler make_handler(const service::Service& service,
                             const events::Limits& limits,
                             Respond respond_to) {
    return [&service, limits, respond_to](const lambda::Invocation& invocation) -> Outcome {
        const auto event = events::HttpEvent::read(invocation.event, limits);
        if (!event) return unknown_event(event.error());
        return write(service, *event, respond_to(service, *event, invocation));
    };
}

}  // namespace

lambda::Work make_lambda_work(const service::Service& service, const events::Limits& limits) {
    return {.answer = make_handler(service, limits, respond),
            .out_of_time = make_handler(service, limits, give_up)};
}

}  // namespace chr21::cli
