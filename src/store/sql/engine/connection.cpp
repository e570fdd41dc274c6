#include "store/sql/engine/connection.hpp"

#include "store/sql/engine/damage.hpp"
#include "store/sql/engine/engine.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace chr21::sql {
namespace {

std::string diagnosis(const soci::soci_error& fault, const DatabaseUrl& url) {
    if (dynamic_cast<const Damage*>(&fault) != nullptr) {
        return "is damaged; it was left as it is: restore it from a copy, or choose " +
               std::string(elsewhere);
    }
    switch (url.engine) {
        case Engine::sqlite:
            return sqlite::diagnosis(fault, url);
        case Engine::postgresql:
            return postgresql::diagnosis(fault, url);
        case Engine::mysql:
            return mysql::diagnosis(fault, url);
    }
    return "cannot be used";
}

void begin(soci::session& session, const DatabaseUrl& url, Transaction::Kind kind) {
    switch (url.engine) {
        case Engine::sqlite:
            return sqlite::begin(session, kind);
        case Engine::postgresql:
            return postgresql::begin(session, url, kind);
        case Engine::mysql:
            return mysql::begin(session, url, kind);
    }
}

// The client libraries tell this late and in many ways.
void require_readable_root(const DatabaseUrl& url) {
    if (url.root_certificate.empty()) return;
    errno = 0;
    if (std::ifstream(url.root_certificate)) return;
    throw StoreUnavailable(describe(url) + ": the root certificate " + url.root_certificate +
                           " cannot be read: " + std::strerror(errno) +
                           "; name the PEM file of the server's root");
}

// What servers and their libraries say of a server that is not there yet, or for a moment.
constexpr std::array<std::string_view, 12> signs_of_a_pause{"Connection refused",
                                                            "starting up",
                                                            "recovery mode",
                                                            "not yet accepting connections",
                                                            "shutting down",
                                                            "timeout expired",
                                                            "No such file or directory",
                                                            "server closed the connection",
                                                            "terminating connection",
                                                            "Can't connect to",
                                                            "Lost connection",
                                                            "gone away"};

}  // namespace

void connect(soci::session& session, const DatabaseUrl& url, Access access) {
    require_readable_root(url);
    switch (url.engine) {
        case Engine::sqlite:
            return sqlite::connect(session, url, access);
        case Engine::postgresql:
            return postgresql::connect(session, url);
        case Engine::mysql:
            return mysql::connect(session, url, access);
    }
}

bool is_read_only(soci::session& session, const DatabaseUrl& url) {
    switch (url.engine) {
        case Engine::sqlite:
            return sqlite::is_read_only(session);
        case Engine::postgresql:
            return postgresql::is_read_only(session);
        case Engine::mysql:
            return mysql::is_read_only(session);
    }
    return true;
}

void report_damage(const std::string& what) { throw Damage(what); }

StoreUnavailable unavailable(const DatabaseUrl& url, const soci::soci_error& fault) {
    auto said = fault.get_error_message();
    std::ranges::replace(said, '\n', ' ');
    while (said.ends_with(' ') || said.ends_with('.')) said.pop_back();
    const bool may_pass = url.engine != Engine::sqlite &&
                          std::ranges::any_of(signs_of_a_pause, [&said](std::string_view sign) {
                              return said.contains(sign);
                          });
    return StoreUnavailable{describe(url) + ": " + diagnosis(fault, url) + " (" + said + ")",
                            may_pass};
}

Transaction::Transaction(soci::session& session, const DatabaseUrl& url, Kind kind)
    : session_(session), url_(url), kind_(kind) {
    // The other engines' own waits end by themselves.
    if (url.engine == Engine::postgresql) postgresql::limit(deadline_, session, url, kind);
    begin(session, url, kind);
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        end(false);
    } catch (const soci::soci_error&) {
        // After some faults the engine has rolled back by itself and there is nothing left to undo.
        open_ = false;
    }
}

void Transaction::commit() {
    end(true);
    open_ = false;
}

void Transaction::end(bool keep) {
    if (keep) {
        session_.commit();
    } else {
        session_.rollback();
    }
    if (url_.engine == Engine::mysql) mysql::after(session_, url_, kind_);
}

}  // namespace chr21::sql
