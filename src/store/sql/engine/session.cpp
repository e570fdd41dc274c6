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
void Session::tell_of(Asked asked, const Work& work) const {
    const auto since = Clock::now();
    asked.failed = true;
    try {
        work();
    } catch (...) {
        tell(asked, since);
        throw;
    }
    asked.failed = false;
    tell(asked, since);
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
    with_password.connect_timeout =
        std::chrono::ceil<std::chrono::seconds>(time_left(url_.connect_timeout));
    tell_of({.kind = Asked::Kind::connect},
            [&] { backend_ = engine_->connect(with_password, access); });
}

void Session::run(const std::string& statement) {
    tell_of({.kind = kind_of(statement), .statement = statement},
            [&] { backend_->run(statement); });
}

void Session::tell(Asked asked, Clock::time_point since) const {
    if (!told_) return;
    asked.took = Clock::now() - since;
    told_(asked);
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
    std::string said = fault.what();
    std::ranges::replace(said, '\n', ' ');
    while (said.ends_with(' ') || said.ends_with('.')) said.pop_back();
    const auto& engine = engine_of(url.engine);
    return StoreUnavailable{describe(url) + ": " + engine.diagnosis(fault, url) + " (" + said + ")",
                            engine.may_pass(fault)};
}

StoreUnavailable unavailable(const DatabaseUrl& url, const Damage& damage) {
    return StoreUnavailable{
        describe(url) + ": is damaged; it was left as it is: restore it from a copy, or choose " +
        std::string(elsewhere) + " (" + damage.what() + ")"};
}

}  // namespace chr21::sql
