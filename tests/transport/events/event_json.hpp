#pragma once

#include "transport/events/http_event.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace chr21::events {

// Events with the members that tell their senders, and `more` of them.
inline std::string rest_api(std::string_view more) {
    return R"({"httpMethod":"GET","resource":"/{proxy+}","requestContext":{"requestId":"r-1"},)" +
           std::string(more) + "}";
}

inline std::string http_api(std::string_view more, std::string_view stage = "$default") {
    return R"({"version":"2.0","requestContext":{"requestId":"r-2","stage":")" +
           std::string(stage) +
           R"(","domainName":"id.execute-api.eu-west-1.amazonaws.com","http":{"method":"GET"}},)" +
           std::string(more) + "}";
}

inline std::string load_balancer(std::string_view more) {
    return R"({"requestContext":{"elb":{"targetGroupArn":"arn"}},"httpMethod":"GET",)" +
           std::string(more) + "}";
}

inline HttpEvent read(std::string_view json) {
    auto event = HttpEvent::read(json);
    if (!event) throw std::invalid_argument(event.error().reason);
    return *std::move(event);
}

inline std::string target_of(const std::string& json) {
    return std::string(read(json).request().target);
}

}  // namespace chr21::events
