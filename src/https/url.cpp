#include "https/url.hpp"

#include "text/ascii.hpp"
#include "text/percent_coding.hpp"
#include "text/url_secrets.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

#include <arpa/inet.h>

namespace chr21::https {
namespace {

struct Pieces {
    std::string_view scheme;
    std::string_view authority;
    std::string_view rest;  // path, query and fragment
};

Pieces pieces_of(std::string_view url) {
    const auto colon = url.find("://");
    if (colon == std::string_view::npos) return {.scheme = {}, .authority = {}, .rest = url};
    const auto after = url.substr(colon + 3);
    const auto end = std::min(after.size(), after.find_first_of("/?#"));
    return {.scheme = url.substr(0, colon),
            .authority = after.substr(0, end),
            .rest = after.substr(end)};
}

// What a user and a password stand for; as they are where a "%" is no code.
std::string decoded(std::string_view text) {
    return text::percent_decoded(text).value_or(std::string(text));
}

bool is_port(std::string_view text) {
    std::uint16_t number = 0;
    const auto* const begin = text.data();
    const auto* const end = begin + text.size();
    const auto [stopped, fault] = std::from_chars(begin, end, number);
    return fault == std::errc() && stopped == end && number > 0;
}

// Without "." and ".." (RFC 3986, section 5.2.4).
std::string without_dots(std::string_view path) {
    std::vector<std::string_view> kept;
    bool ends_in_folder = false;
    for (std::size_t at = 0; at < path.size();) {
        const auto end = std::min(path.size(), path.find('/', at + 1));
        const auto segment = path.substr(at, end - at);  // with the slash before it
        ends_in_folder = segment == "/." || segment == "/..";
        if (segment == "/.." && !kept.empty()) kept.pop_back();
        if (!ends_in_folder) kept.push_back(segment);
        at = end;
    }
    std::string clean;
    for (const auto segment : kept) clean += segment;
    return ends_in_folder || clean.empty() ? clean + "/" : clean;
}

std::unexpected<Error> refuse(std::string_view url, std::string_view why) {
    const auto shown = text::without_secrets(url);
    return fault("url", shown, shown + " " + std::string(why));
}

// Splits "host:port", "[::1]:port" or a host alone.
void take_host(std::string_view text, Url& url) {
    const auto bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    const auto host = text.substr(0, colon);
    url.host =
        text::lower_case(bracket == std::string_view::npos ? host : text.substr(1, bracket - 1));
    url.port = url.is_secure() ? "443" : "80";
    if (colon < text.size() - 1) url.port = text.substr(colon + 1);
}

}  // namespace

bool is_url(std::string_view where) {
    const auto colon = where.find("://");
    return colon != std::string_view::npos && colon > 0 &&
           std::ranges::all_of(where.substr(0, colon), [](char c) {
               return text::is_letter(c) || text::is_digit(c) || c == '+' || c == '-';
           });
}

Result<Url> parse_url(std::string_view text) {
    const auto is_bad = [](unsigned char c) { return c <= ' ' || c == '\\' || c >= 0x7f; };
    if (std::ranges::any_of(text, is_bad)) {
        return fault("url", "", "a URL must not hold spaces, backslashes or other than ASCII");
    }
    const auto pieces = pieces_of(text.substr(0, text.find('#')));
    Url url{.scheme = text::lower_case(pieces.scheme),
            .user = {},
            .host = {},
            .port = {},
            .target = {}};
    const auto at = pieces.authority.rfind('@');
    if (at != std::string_view::npos) url.user = decoded(pieces.authority.substr(0, at));
    take_host(pieces.authority.substr(at + 1), url);
    if (url.host.empty()) return refuse(text, "names no host");
    if (!is_port(url.port)) return refuse(text, "has a port that is not a number from 1 to 65535");
    url.target = pieces.rest.starts_with('/') ? "" : "/";
    url.target += pieces.rest;
    return url;
}

Result<Url> resolve(const Url& base, std::string_view location) {
    const auto whole = location.substr(0, location.find('#'));
    if (is_url(whole.substr(0, whole.find_first_of("/?") + 2))) return parse_url(whole);
    if (whole.starts_with("//")) return parse_url(base.scheme + ":" + std::string(whole));
    auto checked = parse_url(base.scheme + "://" + authority_of(base));
    if (!checked) return checked;
    const auto path = base.target.substr(0, base.target.find('?'));
    const auto query = std::min(whole.size(), whole.find('?'));
    std::string target(whole.substr(0, query));
    if (!target.starts_with('/')) {
        target = target.empty() ? path : path.substr(0, path.rfind('/') + 1) + target;
    }
    auto led = parse_url(base.scheme + "://" + authority_of(base) + without_dots(target) +
                         std::string(whole.substr(query)));
    if (led) led->user = base.user;
    return led;
}

std::string authority_of(const Url& url) {
    auto text = url.host.contains(':') ? "[" + url.host + "]" : url.host;
    return url.port == (url.is_secure() ? "443" : "80") ? text : text + ":" + url.port;
}

bool is_loopback(const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    if (::inet_pton(AF_INET, host.c_str(), address.data()) == 1) return address.front() == 127;
    return host == "localhost" || host == "::1";
}

bool is_same_origin(const Url& left, const Url& right) {
    return left.scheme == right.scheme && left.host == right.host && left.port == right.port;
}

}  // namespace chr21::https
