#include "service/header_fields.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace chr21::service {
namespace {

// By octet: what no host name or address, with or without a port, is written with.
constexpr auto not_in_a_host = [] {
    std::array<bool, 256> table{};
    for (const char letter : std::string_view(" \t,/?#@\"<>\\^`{|}")) {
        table.at(static_cast<unsigned char>(letter)) = true;
    }
    return table;
}();

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
    {"traceparent", &Request::traceparent},
    {"x-amzn-trace-id", &Request::trace_header},
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
        return std::ranges::equal(name, field.name, {}, text::lower);
    });
    return found == known.end() ? nullptr : found;
}

bool valid_host(std::string_view value) {
    return std::ranges::none_of(
        value, [](char letter) { return not_in_a_host[static_cast<unsigned char>(letter)]; });
}

}  // namespace chr21::service
