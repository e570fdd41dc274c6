#include "api/routing.hpp"

#include <algorithm>

namespace chr21::api {

namespace {

// Takes the text up to the next "/" off the front.
std::string_view take_segment(std::string_view& path) {
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    return segment;
}

// Whether `path` has the template's shape; collects what stands in for "{name}".
bool fits(std::string_view pattern, std::string_view path, std::vector<std::string_view>& values) {
    values.clear();
    if (pattern.size() == 1 || path.size() <= 1) return pattern == path;
    if (std::ranges::count(pattern, '/') != std::ranges::count(path, '/')) return false;
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    while (!pattern.empty()) {
        const auto expected = take_segment(pattern);
        const auto segment = take_segment(path);
        if (expected.starts_with('{')) {
            if (segment.empty()) return false;
            values.push_back(segment);
        } else if (expected != segment) {
            return false;
        }
    }
    return path.empty();
}

}  // namespace

Match match_route(Method method, std::string_view path) {
    const auto wanted = method == Method::head ? Method::get : method;
    Match match;
    if (path == "*") match.allow = "GET, HEAD, POST, OPTIONS";  // of the whole server
    if (!path.starts_with('/')) return match;
    std::vector<std::string_view> values;
    for (const auto& route : routes()) {
        if (!fits(route.path, path, values)) continue;
        match.route = &route;
        match.index = static_cast<std::uint16_t>(&route - routes().data());
        match.path_values = std::move(values);
        match.method_allowed = route.method == wanted;
        match.allow = route.method == Method::get ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
        return match;
    }
    return match;
}

}  // namespace chr21::api
