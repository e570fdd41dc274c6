#include "store/sql/engine/session.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <initializer_list>
#include <utility>

namespace chr21::sql {
namespace {

using Clock = std::chrono::steady_clock;

// A database holds what this program cannot have written.
class Damage : public EngineFault {
public:
    explicit Damage(const std::string& what) : EngineFault(what) {}
};

std::string diagnosis(const EngineFault& fault, const DatabaseUrl& url) {
    if (dynamic_cast<const Damage*>(&fault) != nullptr) {
        return "is damaged; it was left as it is: restore it from a copy, or choose " +
               std::string(elsewhere);
    }
    return engine_of(url.engine).diagnosis(fault, url);
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

}  // namespace

template <class Work>
void Session::tell_of(Asked::Kind kind, const Work& work) const {
    const auto since = Clock::now();
    try {
        work();
    } catch (...) {
        tell(kind, since, 0, true);
        throw;
    }
    tell(kind, since, 0, false);
}

Session::Session(const DatabaseAccess& place, Access access)
    : engine_(&engine_of(place.url.engine)), url_(place.url), told_(place.told) {
    require_readable_root(url_);
    connect(place.login, access);
}

void Session::connect(const LoginSource& source, Access access) {
    if (!source) return connect_as({.user = url_.user, .password = url_.password}, access);
    try {
        connect_as(source(false), access);
    } catch (const EngineFault& fault) {
        if (!engine_->is_login_refused(fault)) throw;
        connect_as(source(true), access);
    }
}

void Session::connect_as(Login login, Access access) {
    url_.user = std::move(login.user);
    auto with_password = url_;
    with_password.password = std::move(login.password);
    tell_of(Asked::Kind::connect, [&] {
        // A new one also after a refusal: one of SOCI's that did not open may not be opened again.
        backend_ = std::make_unique<soci::session>();
        engine_->connect(*backend_, with_password, access);
    });
}

void Session::run(const std::string& statement) {
    tell_of(kind_of(statement), [&] { *backend_ << statement; });
}

void Session::commit() {
    tell_of(Asked::Kind::control, [this] { backend_->commit(); });
}

void Session::rollback() {
    tell_of(Asked::Kind::control, [this] { backend_->rollback(); });
}

void Session::tell(Asked::Kind kind,
                   Clock::time_point since,
                   std::uint64_t rows,
                   bool failed) const {
    if (!told_) return;
    told_({.kind = kind, .took = Clock::now() - since, .rows = rows, .failed = failed});
}

Asked::Kind kind_of(std::string_view statement) {
    const auto word = statement.substr(0, statement.find(' '));
    const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::find(words, word) != words.end();
    };
    if (is_one_of({"SELECT", "SHOW", "WITH"})) return Asked::Kind::select;
    return is_one_of({"BEGIN", "START", "COMMIT", "ROLLBACK", "SET", "PRAGMA"})
               ? Asked::Kind::control
               : Asked::Kind::change;
}

void report_damage(const std::string& what) { throw Damage(what); }

StoreUnavailable unavailable(const DatabaseUrl& url, const EngineFault& fault) {
    auto said = fault.get_error_message();
    std::ranges::replace(said, '\n', ' ');
    while (said.ends_with(' ') || said.ends_with('.')) said.pop_back();
    return StoreUnavailable{describe(url) + ": " + diagnosis(fault, url) + " (" + said + ")",
                            engine_of(url.engine).may_pass(fault)};
}

}  // namespace chr21::sql
