#pragma once

#include "service/response.hpp"
#include "text/utf8.hpp"
#include "transport/events/base64.hpp"
#include "transport/events/http_event.hpp"
#include "transport/http/request_reader.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace chr21::fuzz {

// Whether the HTTP transport reads this target from a request line as it is.
inline bool is_target_of_http(std::string_view target) {
    const auto message = "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    const http::RequestLimits limits{.head = std::size_t{1} << 20, .target = std::size_t{1} << 19};
    http::RequestReader reader(limits);
    const auto reading = reader.read(message);
    return reading.progress == http::Progress::complete && reading.request.target == target;
}

// What is wrong with the answer to this event that has `body`; empty where nothing is.
inline std::string answer_complaint(const events::HttpEvent& event, const std::string& body) {
    service::Response response{.status = 404, .body = body};
    response.headers.add("Content-Type", "text/plain");
    const auto answer = event.answer(response);
    if (!answer) return body.size() < 1000 ? "a short answer counts as too long" : "";
    const auto json = boost::json::parse(*answer).as_object();
    if (json.at("statusCode").as_int64() != 404) return "the answer has another status";
    const std::string text(json.at("body").as_string());
    const auto given = json.at("isBase64Encoded").as_bool() ? events::base64_decoded(text) : text;
    return given == body ? "" : "the answer has another body";
}

// What fails to hold for an event; empty when all does: it is refused with a reason, or it is a
// request that the HTTP transport would read, and what is answered comes through.
inline std::string lambda_event_complaint(std::string_view json) {
    const auto event = events::HttpEvent::read(json, {.target = 4096, .body = 256});
    if (!event) return event.error().reason.empty() ? "a refusal without a reason" : "";
    const auto& request = event->request();
    if (request.method_text.empty()) return "a request without a method";
    if (find_invalid_utf8(request.method_text)) return "a method that is no text";
    if (const auto& refusal = event->refusal()) {
        if (refusal->detail.empty()) return "a refusal without a detail";
    } else {
        if (request.body.size() > 256) return "a body that is too long";
        if (!is_target_of_http(request.target)) return "a target that HTTP does not have";
    }
    const auto answered = answer_complaint(*event, std::string(request.body));
    return answered.empty() ? answer_complaint(*event, std::string(json)) : answered;
}

}  // namespace chr21::fuzz
