#include "api/routing.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace chr21::api {

namespace {

// A path cut at its slashes: "/genes/x" has two segments, "/" one that is empty.
struct Segments {
    static constexpr std::size_t most = 4;  // no template has more
    std::array<std::string_view, most> texts{};
    std::size_t count = 0;
};

// Absent: the path does not begin with a slash, or has too many.
std::optional<Segments> split(std::string_view path) {
    Segments segments;
    while (path.starts_with('/')) {
        if (segments.count == Segments::most) return std::nullopt;
        const auto end = std::min(path.find('/', 1), path.size());
        segments.texts[segments.count++] = path.substr(1, end - 1);
        path.remove_prefix(end);
    }
    if (segments.count == 0) return std::nullopt;
    return segments;
}

bool is_placeholder(std::string_view segment) { return segment.starts_with('{'); }

// Whether `path` has the template's shape. A placeholder stands for any text but none.
bool fits(const Segments& pattern, const Segments& path) {
    if (pattern.count != path.count) return false;
    for (std::size_t at = 0; at < path.count; ++at) {
        const auto expected = pattern.texts[at];
        const bool same =
            is_placeholder(expected) ? !path.texts[at].empty() : expected == path.texts[at];
        if (!same) return false;
    }
    return true;
}

const std::vector<Segments>& templates() {
    static const auto split_all = [] {
        std::vector<Segments> all;
        all.reserve(routes().size());
        for (const auto& route : routes()) all.push_back(split(route.path).value());
        return all;
    }();
    return split_all;
}

}  // namespace

Match match_route(Method method, std::string_view path) {
    const auto wanted = method == Method::head ? Method::get : method;
    Match match;
    if (path == "*") match.allow = "GET, HEAD, POST, OPTIONS";  // of the whole server
    const auto segments = split(path);
    if (!segments) return match;
    const auto& all = templates();
    const auto found = std::ranges::find_if(
        all, [&segments](const Segments& pattern) { return fits(pattern, *segments); });
    if (found == all.end()) return match;
    match.index = static_cast<std::uint16_t>(found - all.begin());
    match.route = &routes()[match.index];
    for (std::size_t at = 0; at < segments->count; ++at) {
        if (is_placeholder(found->texts[at])) {
            match.path_values[match.path_value_count++] = segments->texts[at];
        }
    }
    match.method_allowed = match.route->method == wanted;
    match.allow = match.route->method == Method::get ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
    return match;
}

}  // namespace chr21::api
