#include "store/sql/backend_library.hpp"
#include "store/sql/engine.hpp"
#include "store/sql/percent_coding.hpp"
#include "store/sql/postgresql_library.hpp"

#include <array>
#include <chrono>
#include <span>
#include <string>

namespace chr21::sql::postgresql {
namespace {

// Our own lock among a database's advisory locks: "chr21".
constexpr std::string_view writers_lock = "427138757425";

std::string_view mode_of(Tls tls) {
    switch (tls) {
        case Tls::disable:
            return "disable";
        case Tls::prefer:
            return "prefer";
        case Tls::require:
            return "require";
        case Tls::verify_ca:
            return "verify-ca";
        case Tls::verify_full:
            break;
    }
    return "verify-full";
}

// As a URI, in which nothing needs quotes: SOCI takes those of the other form apart. No "options",
// which poolers refuse. A server that has vanished is given up after about 5 seconds.
std::string connect_uri(const DatabaseUrl& url) {
    std::string uri = "postgresql://";
    if (!url.user.empty()) uri += percent_encoded(url.user);
    if (!url.password.empty()) uri += ":" + percent_encoded(url.password);
    if (!url.user.empty() || !url.password.empty()) uri += "@";
    if (!url.host.empty()) {
        uri += url.host.contains(':') ? "[" + url.host + "]" : percent_encoded(url.host);
    }
    uri += ":" + std::to_string(url.port);
    uri += "/" + percent_encoded(url.database);
    uri += "?connect_timeout=" + std::to_string(url.connect_timeout.count());
    uri += "&sslmode=" + std::string(mode_of(url.tls));
    if (!url.root_certificate.empty()) {
        uri += "&sslrootcert=" + percent_encoded(url.root_certificate);
    }
    if (!url.socket.empty()) uri += "&host=" + percent_encoded(url.socket);
    return uri +
           "&client_encoding=UTF8&application_name=chr21&gssencmode=disable"
           "&keepalives_idle=2&keepalives_interval=1&keepalives_count=3&tcp_user_timeout=5000";
}

struct Meaning {
    std::string_view sign;  // a SQLSTATE or the beginning of one, or a phrase of libpq's
    std::string_view diagnosis;
};

constexpr std::string_view refused =
    "refused the user or the password; correct them in --database-url";
constexpr std::string_view not_let_in =
    "does not let this user in from here; ask for an entry in its pg_hba.conf";
constexpr std::string_view no_database =
    "there is no such database on this server; make it, or name another";
constexpr std::string_view no_permission =
    "this user lacks a permission there; grant it as docs/operations.md says, or use another user";
constexpr std::string_view crowded =
    "has no connection left; raise its max_connections, or end other clients";
constexpr std::string_view lost =
    "the connection was lost; try again when the server can be reached";

constexpr std::array meanings_of_states{
    Meaning{"28P01", refused},
    Meaning{"28", not_let_in},
    Meaning{"3D000", no_database},
    Meaning{"42501", no_permission},
    Meaning{"42P01", "lacks a table; run `chr21 migrate up`"},
    Meaning{"57014",
            "did not answer a statement within statement_timeout; raise it, or look for "
            "what keeps the server busy"},
    Meaning{"55P03",
            "another program is writing to it, also after 5 seconds; try again when that is done"},
    Meaning{"25006", "is read-only; name the server that takes writes"},
    Meaning{"53100", "cannot grow: the disk is full; make room"},
    Meaning{"53300", crowded},
    Meaning{"57P", "ended the connection; try again when the server runs"},
    Meaning{"08", lost}};

// Of a connection that was never made, libpq tells in words only. The first that fits counts.
constexpr std::array meanings_of_phrases{
    Meaning{"password authentication failed", refused},
    Meaning{"no password supplied", refused},
    Meaning{"role \"", "there is no such user on this server; correct it in --database-url"},
    Meaning{"\" does not exist", no_database},
    Meaning{"no such database", no_database},
    Meaning{"does not match host name",
            "its certificate is for another host name; name the host as the certificate does"},
    Meaning{"certificate verify failed",
            "its certificate is not signed by the root in sslrootcert; name the right root"},
    Meaning{"could not read root certificate",
            "the file in sslrootcert is no certificate; name the PEM file of the server's root"},
    Meaning{"does not support SSL", "does not speak TLS; turn it on there, or lower sslmode"},
    Meaning{"SSL", "no connection with TLS could be made; check sslmode and sslrootcert"},
    Meaning{"pg_hba.conf", not_let_in},
    Meaning{"too many c", crowded},
    Meaning{"connection slots", crowded},
    Meaning{"starting up", "is starting up; try again in a moment"},
    Meaning{"not yet accepting", "is starting up; try again in a moment"},
    Meaning{"recovery mode", "is starting up after it had been cut off; try again in a moment"},
    Meaning{"shutting down", "is shutting down; try again when it runs"},
    Meaning{"permission denied for database", no_permission},
    Meaning{"could not translate host name", "there is no host of that name; correct the host"},
    Meaning{"Connection refused",
            "nothing listens there; correct host and port, or start the server"},
    Meaning{"No such file or directory",
            "there is no socket there; correct its directory, or start the server"},
    Meaning{"timeout expired",
            "did not answer within connect_timeout; check host, port and "
            "firewall"},
    Meaning{"server closed the connection", lost},
    Meaning{"Network is unreachable", "there is no way to that address; check host and network"},
    Meaning{"No route to host", "there is no way to that address; check host and network"}};

// What a statement that failed has left of a transaction.
void roll_back(soci::session& session) {
    try {
        session.rollback();
    } catch (const soci::soci_error&) {
        return;  // the connection is gone, and the transaction with it
    }
}

}  // namespace

void connect(soci::session& session, const DatabaseUrl& url) {
    open_session(session, url, connect_uri(url));
}

bool is_read_only(soci::session& session) {
    std::string answer;
    session << "SHOW transaction_read_only", soci::into(answer);
    return answer == "on";
}

void begin(soci::session& session, const DatabaseUrl& url, Transaction::Kind kind) {
    if (kind == Transaction::Kind::reading || kind == Transaction::Kind::copying) {
        const bool in_time = kind == Transaction::Kind::reading;
        session
            << "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = " +
                   std::to_string(in_time ? url.statement_timeout.count() * 1000 : 0);
        return;
    }
    // A load or a migration takes what it takes; only waiting for another writer has a limit.
    const auto wait = std::to_string(lock_wait_seconds * 1000);
    try {
        session << "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = " + wait +
                       "; SELECT pg_advisory_xact_lock(" + std::string(writers_lock) + ")";
    } catch (const soci::soci_error&) {
        roll_back(session);
        throw;
    }
}

void limit(std::optional<Deadline>& deadline,
           soci::session& session,
           const DatabaseUrl& url,
           Transaction::Kind kind) {
    // More than a statement may take, so that the server is the first to give up.
    constexpr std::chrono::seconds more{1};
    constexpr std::chrono::minutes for_all_of_a_dataset{10};
    const auto socket = [&] { return libpq().socket(connection_of(session)); };
    if (kind == Transaction::Kind::reading) {
        deadline.emplace(socket(), url.statement_timeout + more);
    } else if (kind == Transaction::Kind::copying) {
        deadline.emplace(socket(), for_all_of_a_dataset);
    }
}

std::string diagnosis(const soci::soci_error& fault, const DatabaseUrl& /*url*/) {
    const auto state = sqlstate_of(fault);
    for (const auto& [sign, meaning] : meanings_of_states) {
        if (state.starts_with(sign)) return std::string(meaning);
    }
    if (!state.empty()) return "cannot be used; choose " + std::string(elsewhere);
    const auto said = fault.get_error_message();
    for (const auto& [sign, meaning] : meanings_of_phrases) {
        if (said.contains(sign)) return std::string(meaning);
    }
    return "cannot be reached; check --database-url";
}

}  // namespace chr21::sql::postgresql
