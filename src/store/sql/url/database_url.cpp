#include "store/sql/url/database_url.hpp"

#include "store/sql/url/percent_coding.hpp"
#include "store/sql/url/server_url.hpp"

#include <algorithm>
#include <array>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace chr21::sql {
namespace {

constexpr std::string_view allowed =
    "allowed is sqlite:///relative/path or sqlite:////absolute/path";

constexpr std::string_view all_allowed =
    "allowed are sqlite:///relative/path, sqlite:////absolute/path, "
    "postgresql://user:password@host:port/database and mysql://user:password@host:port/database";

struct Scheme {
    std::string_view name;
    Engine engine = Engine::sqlite;
};

constexpr std::array schemes{Scheme{"sqlite", Engine::sqlite},
                             Scheme{"postgresql", Engine::postgresql},
                             Scheme{"postgres", Engine::postgresql},
                             Scheme{"postgresql+psycopg2", Engine::postgresql},
                             Scheme{"mysql", Engine::mysql},
                             Scheme{"mysql+pymysql", Engine::mysql},
                             Scheme{"mariadb", Engine::mysql}};

// The text without what may be secret: credentials before the last "@", what stands where a port
// should, and a query string.
std::string without_secrets(std::string_view text) {
    const auto scheme_end = text.find("://");
    const auto authority = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
    std::string shown(text.substr(0, authority));
    auto rest = text.substr(authority);
    if (const auto at = rest.rfind('@'); at != std::string_view::npos && !rest.starts_with('/')) {
        shown += "***";
        rest.remove_prefix(at);
    }
    const auto host = rest.substr(0, rest.find_first_of("/?"));
    const auto port = host.substr(std::min(host.find_last_of(":]"), host.size()));
    if (port.find_first_not_of(":]0123456789") != std::string_view::npos) {
        shown += "***";
        rest.remove_prefix(host.size());
    }
    const auto query = rest.find('?');
    shown += rest.substr(0, query);
    if (query != std::string_view::npos) shown += "?***";
    return shown;
}

std::unexpected<Error> refused(std::string_view text, std::string message) {
    return fault("--database-url", without_secrets(text), std::move(message));
}

std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

// What is wrong with a decoded path; empty when nothing is.
std::string complaint_about(std::string_view path) {
    if (path == ":memory:") {
        return "a database in memory is gone when the program ends, so datasets need a file; " +
               std::string(allowed);
    }
    if (path.empty() || path.ends_with('/')) {
        return "the path of the SQLite file is missing; " + std::string(allowed);
    }
    if (path.contains('\0')) return "a path cannot hold a NUL byte (%00)";
    if (path.contains(' ') && path.contains('"')) {
        return "a path that holds both a space and a double quote cannot be opened; rename the "
               "file";
    }
    return {};
}

// What stands behind "sqlite://".
std::expected<DatabaseUrl, std::string> parse_file_url(std::string_view rest) {
    if (!rest.empty() && !rest.starts_with('/')) {
        return std::unexpected("a SQLite file has no host; " + std::string(allowed));
    }
    if (rest.find_first_of("?#") != std::string_view::npos) {
        return std::unexpected(
            R"(no options are known: write "?" as %3F and "#" as %23 in a path)");
    }
    if (!rest.empty()) rest.remove_prefix(1);
    auto path = percent_decoded(rest);
    if (!path) {
        return std::unexpected(R"(each "%" needs two hexadecimal digits: "%" itself is %25)");
    }
    if (auto complaint = complaint_about(*path); !complaint.empty()) {
        return std::unexpected(std::move(complaint));
    }
    return DatabaseUrl{.path = *std::move(path)};
}

// "user@host:5432", "user@[::1]:5432", "user@", or "user@:5433" for a socket.
std::string authority_of(const DatabaseUrl& url) {
    std::string text;
    if (!url.user.empty()) text = percent_encoded(url.user) + "@";
    if (url.host.empty() && (url.port == 0 || url.port == postgresql_port)) return text;
    text += url.host.contains(':') ? "[" + url.host + "]" : url.host;
    return text + ":" + std::to_string(url.port);
}

}  // namespace

std::string_view name_of(Engine engine) {
    switch (engine) {
        case Engine::sqlite:
            return "SQLite";
        case Engine::postgresql:
            return "PostgreSQL";
        case Engine::mysql:
            return "MySQL";
    }
    return "";
}

Result<DatabaseUrl> parse_database_url(std::string_view text) {
    const auto scheme_end = text.find("://");
    const auto name = in_lower_case(text.substr(0, scheme_end));
    const auto* const scheme = std::ranges::find(schemes, name, &Scheme::name);
    if (scheme_end == std::string_view::npos || scheme == schemes.end()) {
        return refused(text, "is not the URL of a database; " + std::string(all_allowed));
    }
    const auto rest = text.substr(scheme_end + 3);
    auto url = scheme->engine == Engine::sqlite ? parse_file_url(rest)
                                                : parse_server_url(scheme->engine, rest);
    if (!url) return refused(text, std::move(url.error()));
    return *std::move(url);
}

std::string describe(const DatabaseUrl& url) {
    if (url.engine == Engine::sqlite) return url.path;
    const bool is_mysql = url.engine == Engine::mysql;
    auto text = std::string(is_mysql ? "mysql://" : "postgresql://") + authority_of(url) + "/" +
                percent_encoded(url.database);
    if (url.socket.empty()) return text;
    return text + (is_mysql ? "?unix_socket=" : "?host=") + percent_encoded(url.socket, "/");
}

}  // namespace chr21::sql
