#pragma once

#include "store/gene_store.hpp"
#include "store/sql/engine/deadline.hpp"
#include "store/sql/url/database_url.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>

namespace chr21::sql {

enum class Access : std::uint8_t { read_write, read_only };

// Opens the file or a connection to the server. A missing file is made, or throws StoreUnavailable
// where it is only to be read; so does a missing library of the engine. Whoever holds a lock is
// waited for, 5 seconds each time. Otherwise throws soci::soci_error.
void connect(soci::session& session, const DatabaseUrl& url, Access access);

// Whether the database can only be read, whatever access was asked for.
bool is_read_only(soci::session& session, const DatabaseUrl& url);

// A row that this program cannot have written.
[[noreturn]] void report_damage(const std::string& what);

// What the engine said about the database, in one line with what to do about it.
StoreUnavailable unavailable(const DatabaseUrl& url, const soci::soci_error& fault);

// Does the work on the database at `url`; the engine's exceptions become StoreUnavailable.
template <class Work>
auto on_database(const DatabaseUrl& url, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const soci::soci_error& fault) {
        throw unavailable(url, fault);
    }
}

// Rolled back unless committed.
class Transaction {
public:
    enum class Kind : std::uint8_t {
        reading,  // sees one state of the database; each statement has the URL's time
        copying,  // as reading, and may take the time that all of a dataset takes
        writing,  // keeps other writers out from the start, waiting 5 seconds for them
        alone,    // as writing; in a SQLite file keeps readers out as well
    };

    Transaction(soci::session& session, const DatabaseUrl& url, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction(Transaction&&) = delete;
    Transaction& operator=(Transaction&&) = delete;

    void commit();

private:
    void end(bool keep);

    soci::session& session_;
    const DatabaseUrl& url_;
    Kind kind_;
    std::optional<Deadline> deadline_;
    bool open_ = true;
};

}  // namespace chr21::sql
