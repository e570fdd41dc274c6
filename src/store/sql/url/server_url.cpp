#include "store/sql/url/server_url.hpp"

#include "store/sql/url/server_options.hpp"
#include "store/sql/url/url_part.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace chr21::sql {
namespace {

constexpr std::array<std::string_view, 1> postgresql_options{"host"};
constexpr std::array<std::string_view, 5> mysql_options{
    "unix_socket", "ssl_ca", "ssl_mode", "ssl_verify_identity", "charset"};

constexpr std::array grammars{ServerGrammar{.engine = EngineKind::postgresql,
                                            .scheme = "postgresql://",
                                            .port = 5432,
                                            .port_names_socket = true,
                                            .socket_option = "host",
                                            .root_option = "sslrootcert",
                                            .own_options = postgresql_options},
                              ServerGrammar{.engine = EngineKind::mysql,
                                            .scheme = "mysql://",
                                            .port = 3306,
                                            .socket_option = "unix_socket",
                                            .root_option = "ssl_ca",
                                            .own_options = mysql_options}};

bool is_of_a_host(char letter) {
    return text::is_letter(letter) || text::is_digit(letter) ||
           std::string_view("-._:").contains(letter);
}

Complaint read_user(std::string_view text, DatabaseUrl& url) {
    const auto colon = text.find(':');
    if (auto complaint = decode(text.substr(0, colon), "user", url.user); !complaint.empty()) {
        return complaint;
    }
    if (colon == std::string_view::npos) return {};
    return decode(text.substr(colon + 1), "password", url.password);
}

Complaint read_port(std::string_view text, DatabaseUrl& url) {
    const auto port = number_in<std::uint16_t>(text);
    if (!port || *port == 0) {
        return R"(the port after the host must be a number from 1 to 65535; write ":" in a )"
               "password as %3A, \"/\" as %2F and \"@\" as %40";
    }
    url.port = *port;
    return {};
}

// "host", "host:port", "[::1]:port" or nothing.
Complaint read_host(std::string_view text, const ServerGrammar& grammar, DatabaseUrl& url) {
    std::string_view host = text;
    std::string_view behind;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return R"(the address after "[" needs its "]")";
        host = text.substr(1, end - 1);
        behind = text.substr(end + 1);
    } else if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        behind = text.substr(colon);
    }
    if (!behind.empty() && !behind.starts_with(':')) {
        return "only a port may follow the address in brackets";
    }
    if (auto complaint = decode(host, "host", url.host); !complaint.empty()) return complaint;
    if (!std::ranges::all_of(url.host, is_of_a_host)) {
        return "the host must be one name or address; write other characters in a password as %XX";
    }
    if (url.host.empty() && !behind.empty() && !grammar.port_names_socket) {
        return "the host before the port is missing";
    }
    return behind.size() > 1 ? read_port(behind.substr(1), url) : Complaint{};
}

Complaint read_database(std::string_view text, DatabaseUrl& url) {
    if (auto complaint = decode(text, "database's name", url.database); !complaint.empty()) {
        return complaint;
    }
    if (text.contains('/')) return R"(one database is named behind the host: write "/" as %2F)";
    if (url.database.empty()) {
        return "the database's name is missing: write it behind the host, as in "
               "postgresql://user@host/chr21";
    }
    return {};
}

Complaint read_parts(std::string_view rest, const ServerGrammar& grammar, DatabaseUrl& url) {
    const auto authority = rest.substr(0, rest.find_first_of("/?#"));
    const auto behind = rest.substr(authority.size());
    if (behind.find_first_of("@#") != std::string_view::npos) {
        return R"(write "/" in a password as %2F, "?" as %3F, "#" as %23 and "@" as %40)";
    }
    const auto at = authority.rfind('@');
    if (at != std::string_view::npos) {
        if (auto complaint = read_user(authority.substr(0, at), url); !complaint.empty()) {
            return complaint;
        }
    }
    const auto host = at == std::string_view::npos ? authority : authority.substr(at + 1);
    if (auto complaint = read_host(host, grammar, url); !complaint.empty()) return complaint;
    const auto options = behind.find('?');
    auto path = behind.substr(0, options);
    if (!path.empty()) path.remove_prefix(1);
    if (auto complaint = read_database(path, url); !complaint.empty()) return complaint;
    return read_options(
        options == std::string_view::npos ? "" : behind.substr(options + 1), grammar, url);
}

}  // namespace

const ServerGrammar* grammar_of(EngineKind engine) {
    const auto* const found = std::ranges::find(grammars, engine, &ServerGrammar::engine);
    return found == grammars.end() ? nullptr : found;
}

std::expected<DatabaseUrl, std::string> parse_server_url(const ServerGrammar& grammar,
                                                         std::string_view rest) {
    DatabaseUrl url{.engine = grammar.engine};
    if (auto complaint = read_parts(rest, grammar, url); !complaint.empty()) {
        return std::unexpected(std::move(complaint));
    }
    const bool has_port = grammar.port_names_socket || !url.host.empty();
    if (url.port == 0 && has_port) url.port = grammar.port;
    return url;
}

}  // namespace chr21::sql
