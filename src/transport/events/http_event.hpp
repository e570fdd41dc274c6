#pragma once

#include "service/request.hpp"
#include "service/response.hpp"
#include "transport/events/sender.hpp"

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace chr21::events {

// An event that is no HTTP request, or no event at all. `reason` quotes nothing of it, so it may be
// logged.
struct NotHttp {
    std::string reason;
};

// Why a request is not put to the service: what the HTTP transport refuses by itself as well.
struct Refusal {
    int status = 400;
    std::string detail;  // what was wrong and what is allowed
};

struct Limits {
    std::size_t target = std::size_t{8} * 1024;  // bytes of the request target, percent-encoded
    std::size_t body = std::size_t{1} << 20;     // bytes, decoded
};

// One HTTP request that came as an event of API Gateway, a function URL or a load balancer. Owns
// all text that the request's views point to, so the event's JSON may go. Reading from it is safe
// for many threads.
class HttpEvent {
public:
    // Which sender it is decide the members that each of them alone has; what none of them sends is
    // NotHttp, and so is the question of an API Gateway whether a request is authorized.
    static std::expected<HttpEvent, NotHttp> read(std::string_view json, const Limits& limits = {});

    HttpEvent(HttpEvent&& other) noexcept;
    HttpEvent& operator=(HttpEvent&& other) noexcept;
    HttpEvent(const HttpEvent&) = delete;
    HttpEvent& operator=(const HttpEvent&) = delete;
    ~HttpEvent();

    // As the HTTP transport would have read it, with these differences: its target is written anew
    // from what the sender took apart, and holds ASCII only; without X-Request-Id its request ID is
    // the sender's own; where the sender compresses, no Accept-Encoding is passed on; without a
    // Host field its host is the gateway's domain, and what cannot be a host is left out. Cookies
    // are left out as well, as no answer depends on one.
    const service::Request& request() const;

    // Set where the service is not to be asked, but for its refusal.
    const std::optional<Refusal>& refusal() const;

    // What the gateway calls the request; empty for a load balancer, which names none.
    std::string_view gateway_request_id() const;
    // The field X-Amzn-Trace-Id; empty where it was not sent.
    std::string_view trace_header() const;
    Sender sender() const;

    // The response as JSON for this sender. Absent where that would have more than answer_limit()
    // bytes. The body must be whole.
    std::optional<std::string> answer(const service::Response& response) const;
    // Bytes.
    std::size_t answer_limit() const;

private:
    struct Interior;

    explicit HttpEvent(std::unique_ptr<const Interior> interior);

    std::unique_ptr<const Interior> interior_;
};

}  // namespace chr21::events
