#include "transport/events/http_event.hpp"

#include "service/header_fields.hpp"
#include "transport/events/answer.hpp"
#include "transport/events/base64.hpp"
#include "transport/events/fields.hpp"
#include "transport/events/members.hpp"
#include "transport/events/target.hpp"

#include <algorithm>
#include <array>
#include <forward_list>
#include <utility>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace chr21::events {
namespace {

namespace json = boost::json;

constexpr std::size_t gateway_limit = 5'900'000;        // what is larger than 6 MiB, Lambda refuses
constexpr std::size_t load_balancer_limit = 1'000'000;  // what is larger than 1 MB, it refuses

constexpr auto methods = std::to_array<std::pair<std::string_view, service::Method>>({
    {"GET", service::Method::get},
    {"HEAD", service::Method::head},
    {"POST", service::Method::post},
    {"OPTIONS", service::Method::options},
});

service::Method method_of(std::string_view text) {
    const auto* const found =
        std::ranges::find(methods, text, &std::pair<std::string_view, service::Method>::first);
    return found == methods.end() ? service::Method::other : found->second;
}

bool has_payload_2(Sender sender) {
    return sender == Sender::http_api || sender == Sender::function_url;
}

}  // namespace

// Stays where it was made: the request's views are into it.
struct HttpEvent::Interior {
    std::array<unsigned char, std::size_t{12} * 1024> first_memory{};  // most events need no more
    json::monotonic_resource memory{first_memory.data(), first_memory.size()};
    json::value document = json::value(json::storage_ptr(&memory));
    Sender sender = Sender::rest_api;
    HeaderLists lists = HeaderLists::yes;
    service::Request request;
    std::forward_list<std::string> joined;  // values of fields that were sent several times
    std::string target;
    std::string body;  // where it came as base64
    std::string_view gateway_request_id;
    std::optional<Refusal> refusal;

    // What is wrong with it; empty where nothing is.
    std::string parse(std::string_view text);
    std::string read(const Limits& limits);

private:
    void read_target(const Limits& limits);
    void complete_fields();
    void read_body(const Limits& limits);
    void refuse(int status, std::string detail);

    const json::object& event() const { return *document.if_object(); }
    // Only a REST API's may be absent.
    const json::object* context() const { return find_object(event(), "requestContext"); }
    std::string_view method() const;
};

std::string HttpEvent::Interior::parse(std::string_view text) {
    json::error_code fault;
    document = json::parse(text, fault, &memory);
    if (fault) return "the event is no JSON: " + fault.message();
    if (!document.is_object()) return "the event is no JSON object";
    const auto found = find_sender(event());
    if (!found) {
        return "the event is no HTTP request of API Gateway, of a function URL or of an "
               "Application Load Balancer";
    }
    sender = *found;
    return {};
}

std::string_view HttpEvent::Interior::method() const {
    if (!has_payload_2(sender)) return find_text(event(), "httpMethod");
    return find_text(*find_object(*context(), "http"), "method");
}

std::string HttpEvent::Interior::read(const Limits& limits) {
    request.method_text = method();
    if (request.method_text.empty()) return "the event names no method";
    request.method = method_of(request.method_text);
    read_target(limits);
    if (target.empty() && !refusal) return "the event names no path";
    read_fields(event(), request, joined);
    complete_fields();
    read_body(limits);
    return {};
}

void HttpEvent::Interior::refuse(int status, std::string detail) {
    if (!refusal) refusal = Refusal{.status = status, .detail = std::move(detail)};
}

void HttpEvent::Interior::read_target(const Limits& limits) {
    target = make_target(sender, event());
    request.target = target;
    if (target.empty() || target.starts_with('/')) {
        if (target.size() <= limits.target) return;
        refuse(414,
               "the request target is too long; at most " + std::to_string(limits.target) +
                   " bytes are read");
    } else {
        refuse(400, "the path must begin with a slash, as in /genes?page=2");
    }
}

void HttpEvent::Interior::complete_fields() {
    // A load balancer always has one of both; where a REST API has none, lists are right as well.
    lists = HeaderLists(
        sender == Sender::rest_api ||
        (sender == Sender::load_balancer && find_object(event(), "multiValueHeaders") != nullptr));
    const auto* const from = context();
    if (from != nullptr) gateway_request_id = find_text(*from, "requestId");
    if (request.request_id.empty()) {
        request.request_id =
            sender == Sender::load_balancer ? request.trace_header : gateway_request_id;
    }
    if (request.host.empty() && from != nullptr) request.host = find_text(*from, "domainName");
    if (sender != Sender::load_balancer && request.forwarded_proto.empty()) {
        request.forwarded_proto = "https";  // they speak nothing else
    }
    if (sender == Sender::rest_api) request.accept_encoding = {};
    if (!service::valid_host(request.host)) request.host = {};  // as in events made by hand
}

void HttpEvent::Interior::read_body(const Limits& limits) {
    request.body = find_text(event(), "body");
    if (is_true(event(), "isBase64Encoded") && !request.body.empty()) {
        auto decoded = base64_decoded(request.body);
        if (!decoded) return refuse(400, "the event says that its body is base64, and it is not");
        body = *std::move(decoded);
        request.body = body;
    }
    if (request.body.size() <= limits.body) return;
    refuse(413,
           "the request body is too large; at most " + std::to_string(limits.body) +
               " bytes are read");
}

std::expected<HttpEvent, NotHttp> HttpEvent::read(std::string_view json, const Limits& limits) {
    auto interior = std::make_unique<Interior>();
    auto complaint = interior->parse(json);
    if (complaint.empty()) complaint = interior->read(limits);
    if (!complaint.empty()) return std::unexpected(NotHttp{std::move(complaint)});
    return HttpEvent(std::move(interior));
}

HttpEvent::HttpEvent(std::unique_ptr<const Interior> interior) : interior_(std::move(interior)) {}
HttpEvent::HttpEvent(HttpEvent&& other) noexcept = default;
HttpEvent& HttpEvent::operator=(HttpEvent&& other) noexcept = default;
HttpEvent::~HttpEvent() = default;

const service::Request& HttpEvent::request() const { return interior_->request; }
const std::optional<Refusal>& HttpEvent::refusal() const { return interior_->refusal; }
std::string_view HttpEvent::gateway_request_id() const { return interior_->gateway_request_id; }
std::string_view HttpEvent::trace_header() const { return interior_->request.trace_header; }
Sender HttpEvent::sender() const { return interior_->sender; }

std::size_t HttpEvent::answer_limit() const {
    return sender() == Sender::load_balancer ? load_balancer_limit : gateway_limit;
}

std::optional<std::string> HttpEvent::answer(const service::Response& response) const {
    return write_answer(sender(), interior_->lists, response, answer_limit());
}

}  // namespace chr21::events
