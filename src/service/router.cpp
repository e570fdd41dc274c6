#include "service/router.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace chr21::service {

namespace {

std::string_view to_text(Method method) { return method == Method::post ? "POST" : "GET"; }

[[noreturn]] void refuse(const Route& route, std::string_view why) {
    throw std::invalid_argument(
        fmt::format("route {} {}: {}", to_text(route.method), route.path, why));
}

// Cuts the first segment, "genes" of "/genes/x", off a path that begins with a slash.
std::string_view take_segment(std::string_view& path) {
    const auto end = std::min(path.find('/', 1), path.size());
    const auto segment = path.substr(1, end - 1);
    path.remove_prefix(end);
    return segment;
}

// What differs between most paths, so that few templates are compared with one in full: how many
// segments it has, and the size and the first letter of the first, which is no placeholder.
std::uint64_t key_of(std::string_view path) {
    const auto first_end = std::min(path.find('/', 1), path.size());
    std::uint64_t count = 1;
    for (auto at = first_end; at < path.size(); at = path.find('/', at + 1)) ++count;
    const auto letter = first_end == 1 ? 0U : static_cast<unsigned char>(path[1]);
    return count << 40U | std::uint64_t{first_end} << 8U | letter;
}

// "GET, HEAD, POST, OPTIONS", as far as there are such rows.
std::string allow_of(bool get, bool post) {
    return std::string(get ? "GET, HEAD, " : "") + (post ? "POST, " : "") + "OPTIONS";
}

}  // namespace

Router::Router(std::span<const Dialect* const> dialects)
    : dialects_(dialects.begin(), dialects.end()) {
    if (dialects_.empty()) throw std::invalid_argument("a router needs a dialect");
    for (const auto* dialect : dialects_) {
        for (const auto& route : dialect->routes) add(*dialect, route);
    }
    bool get = false;
    bool post = false;
    for (auto& one : templates_) {
        const bool has_get = has(one, Method::get);
        const bool has_post = has(one, Method::post);
        one.allow = allow_of(has_get, has_post);
        get = get || has_get;
        post = post || has_post;
    }
    allow_everywhere_ = allow_of(get, post);
}

bool Router::has(const Template& pattern, Method method) {
    return std::ranges::any_of(pattern.rows,
                               [method](const Row& row) { return row.route->method == method; });
}

void Router::add(const Dialect& dialect, const Route& route) {
    if (route.method != Method::get && route.method != Method::post) {
        throw std::invalid_argument(
            fmt::format("route {}: only GET and POST have rows", route.path));
    }
    auto& place = place_of(route);
    if (has(place, route.method)) refuse(route, "this path has a row of that method already");
    place.rows.push_back({&dialect, &route, name_index_of(dialect, route)});
}

// The template of that shape, whatever its placeholders are called; a new one where there is none.
Router::Template& Router::place_of(const Route& route) {
    auto made = template_of(route);
    for (auto& earlier : templates_) {
        if (!covers(earlier, made)) continue;
        if (covers(made, earlier)) return earlier;
        refuse(route, fmt::format("it is hidden by {}", earlier.rows.front().route->path));
    }
    return templates_.emplace_back(std::move(made));
}

std::uint16_t Router::name_index_of(const Dialect& dialect, const Route& route) {
    auto name = &dialect == dialects_.front() ? std::string(route.path)
                                              : fmt::format("{}:{}", dialect.name, route.path);
    const auto found = std::ranges::find(names_, name);
    const auto index = static_cast<std::uint16_t>(found - names_.begin());
    if (found == names_.end()) names_.push_back(std::move(name));
    return index;
}

Router::Template Router::template_of(const Route& route) {
    auto path = route.path;
    if (!path.starts_with('/')) refuse(route, "a path begins with /");
    if (path.find_first_of("?#%") != std::string_view::npos) {
        refuse(route, "a path has no ?, # or %");
    }
    Template made{.key = key_of(path)};
    while (!path.empty()) {
        const auto text = take_segment(path);
        const bool placeholder = text.size() > 2 && text.front() == '{' && text.back() == '}';
        const auto plain = placeholder ? text.substr(1, text.size() - 2) : text;
        if (plain.find_first_of("{}") != std::string_view::npos) {
            refuse(route, "a placeholder is a whole segment such as {name}");
        }
        if (text.empty() && !path.empty()) refuse(route, "a segment between two / is empty");
        if (placeholder && made.segments.empty()) refuse(route, "it begins with a placeholder");
        made.segments.push_back({text, placeholder});
    }
    if (std::ranges::count(made.segments, true, &Segment::placeholder) >
        static_cast<std::ptrdiff_t>(Match::most_path_values)) {
        refuse(route, fmt::format("it has more than {} placeholders", Match::most_path_values));
    }
    return made;
}

// Whether every path that `two` fits is one that `one` fits.
bool Router::covers(const Template& one, const Template& two) {
    return std::ranges::equal(
        one.segments, two.segments, [](const Segment& left, const Segment& right) {
            if (left.placeholder) return right.placeholder || !right.text.empty();
            return !right.placeholder && left.text == right.text;
        });
}

// Whether `path` has the template's shape, where their keys agree; keeps the values on the way.
bool Router::fits(const Template& pattern, std::string_view path, Match& match) {
    match.path_value_count = 0;
    for (const auto& segment : pattern.segments) {
        const auto text = take_segment(path);
        if (!segment.placeholder) {
            if (text != segment.text) return false;
        } else if (text.empty()) {
            return false;
        } else {
            match.path_values[match.path_value_count++] = text;
        }
    }
    return true;
}

Match Router::match(Method method, std::string_view path) const {
    Match match{.dialect = dialects_.front(),
                .name_index = static_cast<std::uint16_t>(names_.size()),
                .name = "unmatched"};
    if (path == "*") match.allow = allow_everywhere_;
    if (!path.starts_with('/')) return match;
    const auto key = key_of(path);
    const auto found = std::ranges::find_if(templates_, [&](const Template& pattern) {
        return pattern.key == key && fits(pattern, path, match);
    });
    if (found == templates_.end()) return match;
    const auto wanted = method == Method::head ? Method::get : method;
    const auto& rows = found->rows;
    const auto row = std::ranges::find_if(
        rows, [wanted](const Row& one) { return one.route->method == wanted; });
    match.method_allowed = row != rows.end();
    const auto& chosen = match.method_allowed ? *row : rows.front();
    match.dialect = chosen.dialect;
    match.route = chosen.route;
    match.name_index = chosen.name_index;
    match.name = names_[chosen.name_index];
    match.allow = found->allow;
    return match;
}

}  // namespace chr21::service
