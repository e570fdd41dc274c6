#pragma once

#include <cstdint>
#include <string_view>

namespace chr21::service {

enum class Method : std::uint8_t { get, head, post, options, other };

// One request as any transport hands it over. All views belong to the transport and are valid
// during Service::answer only. A header that was not sent is an empty view; one sent several
// times is joined with ", " (RFC 9110 section 5.3).
struct Request {
    Method method = Method::get;
    std::string_view method_text = "GET";
    std::string_view target;  // path and query as sent, still percent-encoded: "/genes?page=2"
    std::string_view body = {};

    std::string_view accept = {};
    std::string_view accept_encoding = {};
    std::string_view content_type = {};
    std::string_view content_encoding = {};
    std::string_view if_none_match = {};
    std::string_view origin = {};
    std::string_view access_control_request_method = {};
    std::string_view request_id = {};       // X-Request-Id
    std::string_view host = {};             // "genes.example:8000", of Host or of the target
    std::string_view traceparent = {};      // W3C Trace Context
    std::string_view trace_header = {};     // X-Amzn-Trace-Id
    std::string_view forwarded_proto = {};  // X-Forwarded-Proto: what a proxy was asked in, "https"
};

}  // namespace chr21::service
