#include "transport/events/sender.hpp"

#include "transport/events/members.hpp"

#include <boost/json/value.hpp>

namespace chr21::events {
namespace {

// API Gateway asks its authorizers about a request with the very members of the request.
bool asks_for_authorization(const boost::json::object& event) {
    return event.contains("methodArn") || event.contains("routeArn");
}

}  // namespace

std::optional<Sender> find_sender(const boost::json::object& event) {
    if (asks_for_authorization(event)) return std::nullopt;
    const auto* const context = find_object(event, "requestContext");
    if (context != nullptr && context->contains("elb")) return Sender::load_balancer;
    if (context != nullptr && find_text(event, "version") == "2.0" &&
        find_object(*context, "http") != nullptr) {
        return find_text(*context, "domainName").contains(".lambda-url.") ? Sender::function_url
                                                                          : Sender::http_api;
    }
    const bool is_rest = !find_text(event, "httpMethod").empty() &&
                         (context != nullptr || !find_text(event, "resource").empty());
    return is_rest ? std::optional(Sender::rest_api) : std::nullopt;
}

}  // namespace chr21::events
