#include "transport/http/task.hpp"

#include "service/request.hpp"

#include <array>
#include <functional>
#include <utility>

namespace chr21::http {
namespace {

using service::Request;

constexpr std::array views{&Request::method_text,
                           &Request::target,
                           &Request::body,
                           &Request::accept,
                           &Request::accept_encoding,
                           &Request::content_type,
                           &Request::content_encoding,
                           &Request::if_none_match,
                           &Request::origin,
                           &Request::access_control_request_method,
                           &Request::request_id,
                           &Request::host,
                           &Request::traceparent,
                           &Request::trace_header,
                           &Request::forwarded_proto};
// A view that is forgotten here would be into bytes that have gone.
static_assert(sizeof(Request) < sizeof(std::string_view) * (views.size() + 1));

bool lies_in(std::string_view part, std::string_view whole) {
    constexpr std::less_equal<> not_behind;
    return not_behind(whole.data(), part.data()) &&
           not_behind(part.data() + part.size(), whole.data() + whole.size());
}

}  // namespace

Task::Task(Reading&& read,
           std::string_view message,
           service::Cost much,
           Clock::time_point begun,
           Inbox& where,
           int number)
    : bytes(message),
      reading(std::move(read)),
      cost(much),
      since(begun),
      home(&where),
      socket(number) {
    for (const auto view : views) {
        auto& text = reading.request.*view;
        if (text.empty() || !lies_in(text, message)) continue;
        const auto at = static_cast<std::size_t>(text.data() - message.data());
        text = std::string_view(bytes).substr(at, text.size());
    }
}

Task::Task(std::unique_ptr<service::LongBody> rest, service::Cost much, Inbox& where, int number)
    : cost(much), home(&where), socket(number), body(std::move(rest)) {}

// A piece that nobody took was not sent.
Task::~Task() {
    if (body) body->not_sent(piece.size());
}

}  // namespace chr21::http
