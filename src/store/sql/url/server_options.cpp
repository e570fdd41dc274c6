#include "store/sql/url/server_options.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace chr21::sql {
namespace {

constexpr int longest_timeout = 3600;

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
    DatabaseUrl& url;
    std::optional<Tls> tls = {};
    const ServerGrammar& grammar;
};

Complaint read_seconds(std::string_view option,
                       const std::string& value,
                       std::chrono::seconds& to) {
    const auto seconds = number_in<int>(value);
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

Complaint read_each(std::string_view text, Draft& draft) {
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

}  // namespace

Complaint read_options(std::string_view text, const ServerGrammar& grammar, DatabaseUrl& url) {
    Draft draft{.url = url, .grammar = grammar};
    auto complaint = read_each(text, draft);
    return complaint.empty() ? settle_tls(draft) : complaint;
}

}  // namespace chr21::sql
