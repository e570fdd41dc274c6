#include "transport/http/refusal.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace chr21::http {
namespace {

// "2.0" of "PRI * HTTP/2.0"; empty when the line names no version behind its target.
std::string_view version_of(std::string_view line) {
    constexpr std::string_view mark = "HTTP/";
    const auto target = std::min(line.find(' '), line.size() - 1) + 1;
    const auto behind = std::min(line.find(' ', target), line.size() - 1) + 1;
    const auto name = line.substr(behind, mark.size() + 3);
    const auto version = name.substr(std::min(mark.size(), name.size()));
    const bool well_formed = name.starts_with(mark) && version.size() == 3 &&
                             text::is_digit(version[0]) && version[1] == '.' &&
                             text::is_digit(version[2]);
    return well_formed ? version : std::string_view();
}

}  // namespace

Refusal bad_request_line() {
    return {.status = 400,
            .detail =
                "the request line must be a method, a target and HTTP/1.1 with one space "
                "between them, ended by CR LF"};
}

Refusal bad_version(std::string_view head) {
    const auto version = version_of(head);
    if (version.empty() || version == "1.0" || version == "1.1") return bad_request_line();
    return {.status = 505, .detail = "HTTP/1.1 and HTTP/1.0 are spoken here"};
}

Refusal overlong_head(std::string_view head) {
    const auto limit = std::to_string(head.size()) + " bytes are read";
    if (head.contains('\n')) {
        return {.status = 431,
                .detail = "the request line and headers are too long; at most " + limit};
    }
    return {.status = 414, .detail = "the request line is too long; at most " + limit};
}

}  // namespace chr21::http
