#pragma once

#include "store/gene_store.hpp"
#include "store/sql/engine/engine.hpp"
#include "store/sql/url/database_access.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <soci/soci.h>

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

    void commit();
    void rollback();

    // Tells whoever listens.
    void tell(Asked::Kind kind,
              std::chrono::steady_clock::time_point since,
              std::uint64_t rows,
              bool failed) const;

    // For Query and the engines' own files alone.
    soci::session& backend() { return *backend_; }

private:
    void connect(const LoginSource& source, Access access);
    void connect_as(Login login, Access access);
    template <class Work>
    void tell_of(Asked::Kind kind, const Work& work) const;

    const Engine* engine_;
    DatabaseUrl url_;
    Told told_;
    std::unique_ptr<soci::session> backend_;
};

// What kind of statement a text is, by its first word.
Asked::Kind kind_of(std::string_view statement);

// A row that this program cannot have written.
[[noreturn]] void report_damage(const std::string& what);

// What the engine said about the database, in one line with what to do about it.
StoreUnavailable unavailable(const DatabaseUrl& url, const EngineFault& fault);

// Does the work on the database at `url`; the engine's exceptions become StoreUnavailable.
template <class Work>
auto on_database(const DatabaseUrl& url, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const EngineFault& fault) {
        throw unavailable(url, fault);
    }
}

}  // namespace chr21::sql
