#pragma once

#include "store/gene_store.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include <soci/soci.h>

namespace chr21::sql {

enum class Access : std::uint8_t { read_write, read_only };

// Opens the file; a missing one is made, or throws StoreUnavailable where it is only to be read.
// Whoever holds a lock is waited for, 5 seconds each time. Throws soci::soci_error.
void connect(soci::session& session, const std::string& path, Access access);

// Whether the file can only be read, whatever access was asked for.
bool is_read_only(soci::session& session);

// A row that this program cannot have written.
[[noreturn]] void report_damage(const std::string& what);

// What the engine said about the file, with what to do about it.
StoreUnavailable unavailable(const std::string& path, const soci::soci_error& fault);

// Does the work on the file at `path`; the engine's exceptions become StoreUnavailable.
template <class Work>
auto on_file(const std::string& path, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const soci::soci_error& fault) {
        throw unavailable(path, fault);
    }
}

// Rolled back unless committed.
class Transaction {
public:
    enum class Kind : std::uint8_t {
        reading,  // sees one state of the database
        writing,  // keeps other writers out from the start
        alone,    // keeps readers out as well
    };

    Transaction(soci::session& session, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction(Transaction&&) = delete;
    Transaction& operator=(Transaction&&) = delete;

    void commit();

private:
    soci::session& session_;
    bool open_ = true;
};

}  // namespace chr21::sql
