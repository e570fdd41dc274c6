#include "store/sql/url/database_url.hpp"

#include "store/sql/url/server_url.hpp"
#include "text/ascii.hpp"
#include "text/percent_coding.hpp"
#include "text/url_secrets.hpp"

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
    EngineKind engine = EngineKind::sqlite;
};

constexpr std::array schemes{Scheme{"sqlite", EngineKind::sqlite},
                             Scheme{"postgresql", EngineKind::postgresql},
                             Scheme{"postgres", EngineKind::postgresql},
                             Scheme{"postgresql+psycopg2", EngineKind::postgresql},
                             Scheme{"mysql", EngineKind::mysql},
                             Scheme{"mysql+pymysql", EngineKind::mysql},
                             Scheme{"mariadb", EngineKind::mysql}};

std::unexpected<Error> refused(std::string_view url, std::string message) {
    return fault("database", text::with_secrets_hidden(url), std::move(message));
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
    auto path = text::percent_decoded(rest);
    if (!path) {
        return std::unexpected(R"(each "%" needs two hexadecimal digits: "%" itself is %25)");
    }
    if (auto complaint = complaint_about(*path); !complaint.empty()) {
        return std::unexpected(std::move(complaint));
    }
    return DatabaseUrl{.path = *std::move(path)};
}

// "user@host:5432", "user@[::1]:5432", "user@", or "user@:5433" for a socket.
std::string authority_of(const DatabaseUrl& url, const ServerGrammar& grammar) {
    std::string text;
    if (!url.user.empty()) text = text::percent_encoded(url.user) + "@";
    const bool is_told = url.port != 0 && (!grammar.port_names_socket || url.port != grammar.port);
    if (url.host.empty() && !is_told) return text;
    text += url.host.contains(':') ? "[" + url.host + "]" : url.host;
    return text + ":" + std::to_string(url.port);
}

}  // namespace

Result<DatabaseUrl> parse_database_url(std::string_view text) {
    const auto scheme_end = text.find("://");
    const auto name = text::lower_case(text.substr(0, scheme_end));
    const auto* const scheme = std::ranges::find(schemes, name, &Scheme::name);
    if (scheme_end == std::string_view::npos || scheme == schemes.end()) {
        return refused(text, "is not the URL of a database; " + std::string(all_allowed));
    }
    const auto rest = text.substr(scheme_end + 3);
    const auto* const grammar = grammar_of(scheme->engine);
    auto url = grammar == nullptr ? parse_file_url(rest) : parse_server_url(*grammar, rest);
    if (!url) return refused(text, std::move(url.error()));
    return *std::move(url);
}

bool is_file(const DatabaseUrl& url) { return grammar_of(url.engine) == nullptr; }

std::string describe(const DatabaseUrl& url) {
    const auto* const grammar = grammar_of(url.engine);
    if (grammar == nullptr) return url.path;
    auto text = std::string(grammar->scheme) + authority_of(url, *grammar) + "/" +
                text::percent_encoded(url.database);
    if (url.socket.empty()) return text;
    return text + "?" + std::string(grammar->socket_option) + "=" +
           text::percent_encoded(
               url.socket, [](char byte) { return text::is_unreserved(byte) || byte == '/'; });
}

}  // namespace chr21::sql
