#include "service/router.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace chr21::api {

namespace {

// A path cut at its slashes: "/genes/x" has two segments, "/" one that is empty.
struct Segments {
    static constexpr std::size_t most = 4;  // no template has more
    std::array<std::string_view, most> texts;
    std::size_t count = 0;
};

// None: the path does not begin with a slash, or has too many.
Segments split(std::string_view path) {
    Segments segments;
    while (path.starts_with('/')) {
        if (segments.count == Segments::most) return {};
        const auto end = std::min(path.find('/', 1), path.size());
        segments.texts[segments.count++] = path.substr(1, end - 1);
        path.remove_prefix(end);
    }
    return segments;
}

// What differs between most paths, so that few templates are compared with one in full: the number
// of segments, and the size and the first letter of the first, which is no placeholder.
std::size_t key_of(const Segments& segments) {
    const auto first = segments.texts.front();
    const auto letter = first.empty() ? 0U : static_cast<unsigned char>(first.front());
    return (first.size() * (Segments::most + 1) + segments.count) * 256 + letter;
}

struct Template {
    std::size_t key = 0;
    Segments segments;
    std::array<bool, Segments::most> placeholders{};
};

Template template_of(std::string_view path) {
    Template made{.segments = split(path)};
    made.key = key_of(made.segments);
    for (std::size_t at = 0; at < made.segments.count; ++at) {
        made.placeholders[at] = made.segments.texts[at].starts_with('{');
    }
    return made;
}

// Whether `path` has the template's shape, where their keys agree. A placeholder stands for any
// text but none.
bool fits(const Template& pattern, const Segments& path) {
    for (std::size_t at = 0; at < path.count; ++at) {
        const auto text = path.texts[at];
        const bool same =
            pattern.placeholders[at] ? !text.empty() : text == pattern.segments.texts[at];
        if (!same) return false;
    }
    return true;
}

const std::vector<Template>& templates() {
    static const auto split_all = [] {
        std::vector<Template> all;
        all.reserve(routes().size());
        for (const auto& route : routes()) all.push_back(template_of(route.path));
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
    if (segments.count == 0) return match;
    const auto& all = templates();
    const auto key = key_of(segments);
    const auto found = std::ranges::find_if(all, [&segments, key](const Template& pattern) {
        return pattern.key == key && fits(pattern, segments);
    });
    if (found == all.end()) return match;
    match.index = static_cast<std::uint16_t>(found - all.begin());
    match.route = &routes()[match.index];
    for (std::size_t at = 0; at < segments.count; ++at) {
        if (found->placeholders[at]) {
            match.path_values[match.path_value_count++] = segments.texts[at];
        }
    }
    match.method_allowed = match.route->method == wanted;
    match.allow = match.route->method == Method::get ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
    return match;
}

}  // namespace chr21::api
