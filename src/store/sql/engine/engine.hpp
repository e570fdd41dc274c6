#pragma once

#include "store/sql/engine/backend.hpp"
#include "store/sql/engine/row_writer.hpp"
#include "store/sql/url/database_url.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::sql {

class Session;

// How long a writer waits for another.
constexpr int lock_wait_seconds = 5;

constexpr std::string_view elsewhere = "another database URL";

enum class Access : std::uint8_t { read_write, read_only };

enum class TransactionKind : std::uint8_t {
    reading,  // sees one state of the database; each statement has the URL's time
    copying,  // as reading, and may take the time that all of a dataset takes
    writing,  // keeps other writers out from the start, waiting 5 seconds for them
    alone,    // as writing; in a SQLite file keeps readers out as well
};

// What the engines say differently in the SQL that they share.
struct EngineWords {
    std::string_view position_of;  // of a text in a column's text, from 1, or 0 where it is not
    bool keeps_nul = true;         // a text may hold a NUL byte
    // Of schema_migration.
    std::string_view is_whole_step = "1 = 1";  // the step was not cut off
    std::string_view short_text = "TEXT";      // the type of its columns
    std::string_view table_options = {};
};

// Whose tables a database may hold beside ours.
enum class Tenants : std::uint8_t {
    several,  // a server's: any program's that have other names
    nobody,   // a file that holds nothing yet
    one,      // a file that is ours if our tables are in it
    another   // a file that says it is another program's
};

// All that differs between SQLite, PostgreSQL and MySQL. One object of each, for any thread; a
// session is used by one thread at a time. Functions on a session throw EngineFault.
class Engine {
public:
    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    Engine(Engine&&) = delete;
    Engine& operator=(Engine&&) = delete;
    virtual ~Engine() = default;

    virtual std::string_view name() const = 0;              // "SQLite", for people
    virtual std::string_view migration_folder() const = 0;  // "sqlite/"
    virtual const EngineWords& words() const = 0;

    // Opens the file or a connection to the server. A missing file is made, or throws
    // StoreUnavailable where it is only to be read; so does a missing library of the engine.
    // Whoever holds a lock is waited for, 5 seconds each time.
    virtual std::unique_ptr<Backend> connect(const DatabaseUrl& url, Access access) const = 0;

    // Whether the database can only be read, whatever access was asked for.
    virtual bool is_read_only(Session& session) const = 0;

    virtual void begin(Session& session, TransactionKind kind) const = 0;
    // What the end of a transaction does not undo.
    virtual void after(Session& session, TransactionKind kind) const;

    // Adds rows in the way that is fastest, inside the transaction that is open.
    virtual std::unique_ptr<RowWriter> write_rows(
        Session& session,
        std::string_view table,
        std::span<const std::string_view> columns) const = 0;

    // Prepares what makes it faster that many rows come, first to `table` and then to others, in
    // the transaction that is open. The statements that are answered are to be run after the rows,
    // or the transaction must be rolled back. In a file this takes the indexes of `table` away, to
    // be made anew, where at least as many rows come as it has; on a server whoever loads may not
    // change the schema, and others go on to read.
    virtual std::vector<std::string> prepare_for_rows(Session& session,
                                                      const std::string& table,
                                                      std::size_t new_rows) const;

    // What a fault means and what to do about it: the end of a sentence that began with
    // describe(url).
    virtual std::string diagnosis(const EngineFault& fault, const DatabaseUrl& url) const = 0;
    // The server is not there yet, or for a moment.
    virtual bool may_pass(const EngineFault& fault) const;
    // The user or the password was not accepted.
    virtual bool is_login_refused(const EngineFault& fault) const;

    // A change of the schema belongs to the transaction that it is made in.
    virtual bool undoes_schema_changes() const;
    // What an ALTER TABLE was to drop is not there.
    virtual bool is_dropped_already(const EngineFault& fault) const;
    // A SELECT of how many columns of these quoted names a table has, as the catalog tells it.
    virtual std::string count_columns(const std::string& table,
                                      const std::string& columns) const = 0;
    virtual Tenants tenants(Session& session) const;
    // Writes into an empty database what says that it is ours, where there is a place for that.
    virtual void mark_as_ours(Session& session) const;
};

const Engine& engine_of(EngineKind kind);

// `most`, or less where this thread's request has less left; never nothing.
std::chrono::milliseconds time_left(std::chrono::milliseconds most);

}  // namespace chr21::sql
