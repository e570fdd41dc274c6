#include "transport/http/header_fields.hpp"

#include <algorithm>
#include <array>

#include <boost/beast/core/string.hpp>

namespace chr21::http {
namespace {

using service::Request;

constexpr auto known = std::to_array<HeaderField>({
    {"accept", &Request::accept},
    {"accept-encoding", &Request::accept_encoding},
    {"if-none-match", &Request::if_none_match},
    {"origin", &Request::origin},
    {"x-request-id", &Request::request_id},
    {"user-agent"},
    {"accept-language"},
    {"referer"},
    {"cache-control"},
    {"pragma"},
    {"cookie"},
    {"dnt"},
    {"sec-fetch-dest"},
    {"sec-fetch-mode"},
    {"sec-fetch-site"},
    {"traceparent"},
    {"x-forwarded-for"},
    {"x-forwarded-proto", &Request::forwarded_proto},
    {"content-type", &Request::content_type},
    {"content-encoding", &Request::content_encoding},
    {"access-control-request-method", &Request::access_control_request_method},
});

}  // namespace

std::span<const HeaderField> header_fields() { return known; }

const HeaderField* find_header_field(std::string_view name) {
    const auto* const found = std::ranges::find_if(known, [name](const HeaderField& field) {
        return boost::beast::iequals({name.data(), name.size()}, field.name);
    });
    return found == known.end() ? nullptr : found;
}

}  // namespace chr21::http
