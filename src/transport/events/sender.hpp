#pragma once

#include <cstdint>
#include <optional>

#include <boost/json/object.hpp>

namespace chr21::events {

// Who sends an HTTP request as an event, and so how it is written and wants its answer.
enum class Sender : std::uint8_t {
    rest_api,       // API Gateway, REST API, and HTTP API with payload format 1.0
    http_api,       // API Gateway, HTTP API with payload format 2.0
    function_url,   // likewise 2.0
    load_balancer,  // Application Load Balancer
};

// Told by the members that each sender alone has; absent where it is none of them.
std::optional<Sender> find_sender(const boost::json::object& event);

}  // namespace chr21::events
