#include "text/url_secrets.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace chr21::text {
namespace {

bool is_http(std::string_view scheme) {
    const auto name = lower_case(scheme);
    return name.ends_with("http") || name.ends_with("https");
}

std::string_view authority_of(std::string_view rest) {
    return rest.substr(0, rest.find_first_of("/?#"));
}

// "user:password" where "host:5432" or "[::1]:5432" should stand.
bool has_odd_port(std::string_view host) {
    const auto port = host.substr(std::min(host.find_last_of(":]"), host.size()));
    return port.find_first_not_of(":]0123456789") != std::string_view::npos;
}

// Bytes of the credentials that `rest`, what follows "://", begins with.
std::size_t credentials_length(std::string_view rest, bool is_http) {
    if (rest.starts_with('/')) return 0;
    const auto authority = authority_of(rest);
    const bool strict = is_http && (authority.contains('@') || !has_odd_port(authority));
    const auto at = (strict ? authority : rest).rfind('@');
    return at == std::string_view::npos ? 0 : at;
}

}  // namespace

UrlSecrets find_secrets(std::string_view url) {
    const auto scheme_end = url.find("://");
    const auto begin = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
    auto rest = url.substr(begin);
    UrlSecrets secrets;
    const auto length =
        credentials_length(rest, is_http(url.substr(0, begin).substr(0, scheme_end)));
    secrets.credentials = rest.substr(0, length);
    rest.remove_prefix(length);
    if (rest.starts_with('@')) rest.remove_prefix(1);
    const auto host = authority_of(rest);
    if (has_odd_port(host)) secrets.host = host;
    rest.remove_prefix(host.size());
    const auto mark = std::min(rest.find_first_of("?#"), rest.size());
    secrets.query = rest.substr(std::min(mark + 1, rest.size()));
    return secrets;
}

std::string with_secrets_hidden(std::string_view url) {
    const auto secrets = find_secrets(url);
    std::string shown;
    const auto* at = url.begin();
    for (const auto secret : {secrets.credentials, secrets.host, secrets.query}) {
        if (secret.empty()) continue;
        shown.append(at, secret.begin()).append("***");
        at = secret.end();
    }
    return shown.append(at, url.end());
}

std::string without_secrets(std::string_view url) {
    const auto [credentials, host, query] = find_secrets(url);
    std::string shown;
    const auto* at = url.begin();
    if (!credentials.empty()) {
        shown.append(at, credentials.begin());
        at = credentials.end() + 1;
    }
    if (!host.empty()) {
        shown.append(at, host.begin());
        at = host.end();
    }
    const auto* const mark = query.empty() ? url.end() : query.begin() - 1;
    return shown.append(at, mark);
}

}  // namespace chr21::text
