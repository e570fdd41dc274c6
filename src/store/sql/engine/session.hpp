#pragma once

#include "store/gene_store.hpp"
#include "store/request_deadline.hpp"
#include "store/sql/engine/engine.hpp"
#include "store/sql/url/database_access.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace chr21::sql {

// One connection. One thread at a time; it may be moved from thread to thread.
class Session {
public:
    // As Engine::connect(), as whom the source of log-ins says.
    Session(const DatabaseAccess& place, Access access);

    const DatabaseUrl& url() const { return url_; }
    const Engine& engine() const { return *engine_; }

    // Runs a statement without values, whose rows nobody wants.
    void run(const std::string& statement);

    void commit() { run("COMMIT"); }
    void rollback() { run("ROLLBACK"); }

    // Tells whoever listens what has been asked, and how long it took until now.
    void tell(Asked asked, std::chrono::steady_clock::time_point since) const;

    // For Query and the engines' own files alone.
    Backend& backend() { return *backend_; }

private:
    void connect(const LoginSource& source, Access access);
    void connect_as(Login login, Access access);
    template <class Work>
    void tell_of(Asked asked, const Work& work) const;

    const Engine* engine_;
    DatabaseUrl url_;
    Told told_;
    std::unique_ptr<Backend> backend_;
};

// What kind of statement a text is, by its first word.
Asked::Kind kind_of(std::string_view statement);

// A database holds what this program cannot have written.
class Damage : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Throws Damage: a row that this program cannot have written.
[[noreturn]] void report_damage(const std::string& what);

// What the engine said about the database, or what is wrong in it, in one line with what to do
// about it.
StoreUnavailable unavailable(const DatabaseUrl& url, const EngineFault& fault);
StoreUnavailable unavailable(const DatabaseUrl& url, const Damage& damage);

// Does the work on the database at `url`; the engine's exceptions become StoreUnavailable, and
// DeadlineExceeded once the time of this thread's request is up.
template <class Work>
auto on_database(const DatabaseUrl& url, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const EngineFault& fault) {
        RequestDeadline::check();
        throw unavailable(url, fault);
    } catch (const Damage& damage) {
        throw unavailable(url, damage);
    }
}

}  // namespace chr21::sql
