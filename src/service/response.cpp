#include "service/response.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace chr21::service {
namespace {

constexpr auto reason_phrases = std::to_array<std::pair<int, std::string_view>>({
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {305, "Use Proxy"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
});

}  // namespace

std::string_view Headers::find(std::string_view name) const {
    for (std::string_view rest = lines_; !rest.empty();) {
        const auto end = rest.find("\r\n");
        const auto colon = rest.find(": ");
        if (text::equal_ignoring_case(rest.substr(0, colon), name)) {
            return rest.substr(colon + 2, end - colon - 2);
        }
        rest.remove_prefix(end + 2);
    }
    return {};
}

std::string_view reason_phrase(int status) {
    const auto* const found = std::ranges::lower_bound(
        reason_phrases, status, {}, [](const auto& row) { return row.first; });
    return found != reason_phrases.end() && found->first == status ? found->second
                                                                   : std::string_view{};
}

}  // namespace chr21::service
