#include "store/sql/url/server_url.hpp"

#include "text/ascii.hpp"
#include "text/percent_coding.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace chr21::sql {
namespace {

using Complaint = std::string;  // empty: none

constexpr int longest_timeout = 3600;

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

struct TlsWord {
    std::string_view word;
    Tls tls = Tls::disable;
};

// Of libpq's sslmode, and of the MySQL client's --ssl-mode.
constexpr std::array tls_words{TlsWord{"disable", Tls::disable},
                               TlsWord{"prefer", Tls::prefer},
                               TlsWord{"require", Tls::require},
                               TlsWord{"verify-ca", Tls::verify_ca},
                               TlsWord{"verify-full", Tls::verify_full},
                               TlsWord{"DISABLED", Tls::disable},
                               TlsWord{"PREFERRED", Tls::prefer},
                               TlsWord{"REQUIRED", Tls::require},
                               TlsWord{"VERIFY_CA", Tls::verify_ca},
                               TlsWord{"VERIFY_IDENTITY", Tls::verify_full}};
constexpr std::size_t words_of_libpq = 5;

// A URL while its options are read.
struct Draft {
    DatabaseUrl url;
    std::optional<Tls> tls = {};
    const ServerGrammar& grammar;
};

template <class Number>
std::optional<Number> to_number(std::string_view text) {
    Number number{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || fault != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

bool has_control_character(std::string_view text) {
    return std::ranges::any_of(text, text::is_control);
}

bool is_of_a_host(char letter) {
    return text::is_letter(letter) || text::is_digit(letter) ||
           std::string_view("-._:").contains(letter);
}

// Decodes into `part`.
Complaint decode(std::string_view text, std::string_view name, std::string& part) {
    auto decoded = text::percent_decoded(text);
    if (!decoded) return R"(each "%" needs two hexadecimal digits: "%" itself is %25)";
    if (has_control_character(*decoded)) {
        return "the " + std::string(name) + " cannot hold a control character";
    }
    part = *std::move(decoded);
    return {};
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
    const auto port = to_number<std::uint16_t>(text);
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

Complaint read_seconds(std::string_view option,
                       const std::string& value,
                       std::chrono::seconds& to) {
    const auto seconds = to_number<int>(value);
    if (!seconds || *seconds < 1 || *seconds > longest_timeout) {
        return std::string(option) + " must be a whole number of seconds, 1 to 3600";
    }
    to = std::chrono::seconds(*seconds);
    return {};
}

Complaint read_tls(std::string_view option,
                   const std::string& value,
                   std::span<const TlsWord> words,
                   Draft& draft) {
    const auto found = std::ranges::find(words, value, &TlsWord::word);
    if (found != words.end()) {
        draft.tls = found->tls;
        return {};
    }
    auto complaint = std::string(option) + " must be ";
    for (const auto& word : words) {
        if (&word != words.data()) complaint += &word == &words.back() ? " or " : ", ";
        complaint += word.word;
    }
    return complaint;
}

Complaint read_socket(std::string_view option, const std::string& value, DatabaseUrl& url) {
    if (!value.starts_with('/')) return std::string(option) + " must be an absolute path";
    if (!url.host.empty()) return std::string(option) + " and a host cannot both be given";
    url.socket = value;
    return {};
}

Complaint read_identity_check(const std::string& value, Draft& draft) {
    if (value != "true" && value != "false") return "ssl_verify_identity must be true or false";
    if (value == "true") draft.tls = Tls::verify_full;
    return {};
}

Complaint read_shared_option(std::string_view option, const std::string& value, Draft& draft) {
    if (option == "connect_timeout") return read_seconds(option, value, draft.url.connect_timeout);
    if (option == "statement_timeout") {
        return read_seconds(option, value, draft.url.statement_timeout);
    }
    if (option == "sslmode") {
        return read_tls(option, value, std::span(tls_words).first(words_of_libpq), draft);
    }
    draft.url.root_certificate = value;
    return value.empty() ? std::string(option) + " must be the path of a PEM file" : Complaint{};
}

Complaint read_own_option(std::string_view option, const std::string& value, Draft& draft) {
    if (option == draft.grammar.socket_option) return read_socket(option, value, draft.url);
    if (option == "ssl_ca") return read_shared_option("sslrootcert", value, draft);
    if (option == "ssl_mode") {
        return read_tls(option, value, std::span(tls_words).subspan(words_of_libpq), draft);
    }
    if (option == "ssl_verify_identity") return read_identity_check(value, draft);
    return value == "utf8mb4" ? Complaint{} : "charset must be utf8mb4";
}

constexpr std::array<std::string_view, 4> shared_options{
    "connect_timeout", "statement_timeout", "sslmode", "sslrootcert"};
bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

Complaint unknown_option(std::string_view option, const ServerGrammar& grammar) {
    std::string complaint = "there is no option \"" + std::string(option) + "\"; known are";
    std::string_view separator = " ";
    for (const auto names :
         {std::span<const std::string_view>(shared_options), grammar.own_options}) {
        for (const auto name : names) {
            complaint.append(separator).append(name);
            separator = ", ";
        }
    }
    return complaint;
}

Complaint read_option(std::string_view option, const std::string& value, Draft& draft) {
    if (is_one_of(shared_options, option)) return read_shared_option(option, value, draft);
    if (is_one_of(draft.grammar.own_options, option)) return read_own_option(option, value, draft);
    return unknown_option(option, draft.grammar);
}

Complaint read_options(std::string_view text, Draft& draft) {
    std::set<std::string, std::less<>> seen;
    while (!text.empty()) {
        const auto piece = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(piece.size() + 1, text.size()));
        const auto equals = piece.find('=');
        if (equals == std::string_view::npos) return "each option needs a value, as option=value";
        std::string option;
        std::string value;
        for (const auto& [part, decoded] : {std::pair{piece.substr(0, equals), &option},
                                            std::pair{piece.substr(equals + 1), &value}}) {
            if (auto complaint = decode(part, "option", *decoded); !complaint.empty()) {
                return complaint;
            }
        }
        if (!seen.insert(option).second) return "option " + option + " is given twice";
        if (auto complaint = read_option(option, value, draft); !complaint.empty()) {
            return complaint;
        }
    }
    return {};
}

// A root certificate alone asks for it to be checked; a check needs one.
Complaint settle_tls(Draft& draft) {
    auto& url = draft.url;
    const auto unless_said = url.root_certificate.empty() ? Tls::prefer : Tls::verify_ca;
    url.tls = draft.tls.value_or(unless_said);
    if (url.tls >= Tls::verify_ca && url.root_certificate.empty()) {
        return "to check the server's certificate, name the file of its root with " +
               std::string(draft.grammar.root_option);
    }
    if (url.tls == Tls::verify_full && url.host.empty()) {
        return "a socket has no host name that a certificate could be checked for";
    }
    return {};
}

Complaint read_parts(std::string_view rest, Draft& draft) {
    const auto authority = rest.substr(0, rest.find_first_of("/?#"));
    const auto behind = rest.substr(authority.size());
    if (behind.find_first_of("@#") != std::string_view::npos) {
        return R"(write "/" in a password as %2F, "?" as %3F, "#" as %23 and "@" as %40)";
    }
    auto& url = draft.url;
    const auto at = authority.rfind('@');
    if (at != std::string_view::npos) {
        if (auto complaint = read_user(authority.substr(0, at), url); !complaint.empty()) {
            return complaint;
        }
    }
    const auto host = at == std::string_view::npos ? authority : authority.substr(at + 1);
    if (auto complaint = read_host(host, draft.grammar, url); !complaint.empty()) return complaint;
    const auto options = behind.find('?');
    auto path = behind.substr(0, options);
    if (!path.empty()) path.remove_prefix(1);
    if (auto complaint = read_database(path, url); !complaint.empty()) return complaint;
    if (options == std::string_view::npos) return {};
    return read_options(behind.substr(options + 1), draft);
}

}  // namespace

const ServerGrammar* grammar_of(EngineKind engine) {
    const auto* const found = std::ranges::find(grammars, engine, &ServerGrammar::engine);
    return found == grammars.end() ? nullptr : found;
}

std::expected<DatabaseUrl, std::string> parse_server_url(const ServerGrammar& grammar,
                                                         std::string_view rest) {
    Draft draft{.url = {.engine = grammar.engine}, .grammar = grammar};
    if (auto complaint = read_parts(rest, draft); !complaint.empty()) {
        return std::unexpected(std::move(complaint));
    }
    if (auto complaint = settle_tls(draft); !complaint.empty()) {
        return std::unexpected(std::move(complaint));
    }
    auto& url = draft.url;
    const bool has_port = grammar.port_names_socket || !url.host.empty();
    if (url.port == 0 && has_port) url.port = grammar.port;
    return std::move(url);
}

}  // namespace chr21::sql
