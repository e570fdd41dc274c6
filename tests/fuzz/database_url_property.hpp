#pragma once

#include "store/sql/url/database_url.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace chr21::fuzz {

// What is said when the text with `secret` as its server's password is refused; empty when it is
// taken.
inline std::string refusal_with_password(std::string_view text, std::string_view secret) {
    const auto authority = text.find("://");
    if (authority == std::string_view::npos || text.substr(authority + 3).starts_with('/'))
        return {};
    auto rest = text.substr(authority + 3);
    rest.remove_prefix(rest.rfind('@') == std::string_view::npos ? 0 : rest.rfind('@') + 1);
    auto with_password = std::string(text.substr(0, authority)) + "://ann:";
    with_password.append(secret).append("@").append(rest);
    const auto url = sql::parse_database_url(with_password);
    return url ? "" : url.error().message + url.error().value;
}

// What fails to hold for parse_database_url on `text`; empty when all does: a place is whole and is
// told without its password, a refusal says why, and repeats no password.
inline std::string database_url_complaint(std::string_view text) {
    constexpr std::string_view secret = "hunt/er?t#w%o";
    if (refusal_with_password(text, secret).contains("hunt")) {
        if (!text.contains("hunt")) return "a refusal repeats the password";
    }
    const auto url = sql::parse_database_url(text);
    if (!url) return url.error().message.empty() ? "the refusal does not say what was wrong" : "";
    if (url->engine == sql::EngineKind::sqlite) return url->path.empty() ? "the path is empty" : "";
    if (url->database.empty() || !url->path.empty()) return "the server's URL is not whole";
    if (url->tls >= sql::Tls::verify_ca && url->root_certificate.empty()) {
        return "a certificate is to be checked against nothing";
    }
    auto other = *url;
    other.password += "hunter2";
    if (describe(other) != describe(*url)) return "the password is shown";
    const auto again = sql::parse_database_url(describe(*url));
    const bool same = again && again->host == url->host && again->port == url->port &&
                      again->user == url->user && again->database == url->database &&
                      again->socket == url->socket;
    return same ? "" : "the place is not read back from its description";
}

}  // namespace chr21::fuzz
