#include "store/sql/engine/engines.hpp"
#include "store/sql/engine/query.hpp"
#include "store/sql/engine/sqlite_backend.hpp"
#include "store/sql/engine/sqlite_rows.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <utility>

#include <sqlite3.h>
#include <unistd.h>

namespace chr21::sql {
namespace {

namespace fs = std::filesystem;

// "ch21", by which SQLite and file(1) know our files.
constexpr int application_id = 0x63683231;

constexpr EngineWords sqlite_words{.position_of = "instr"};

// At most 256 MiB, in KiB. Rows of a dataset come to their indexes in no order; with the 2 MB that
// SQLite takes by itself, the pages of a genome's indexes go out to the file and come back, and
// from the first that goes out until the end nobody can read.
constexpr const char* cache_of_writers = "PRAGMA cache_size = -262144";

constexpr std::string_view another_file = "choose another file";

bool may_write(const std::string& path) {
    const auto folder = fs::path(path).parent_path();
    return ::access(path.c_str(), W_OK) == 0 &&
           ::access(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
}

// Why the operating system did not open the file, and what to do.
std::string cannot_open(const std::string& path) {
    std::error_code unknown;
    const auto folder = fs::path(path).parent_path();
    if (!folder.empty() && !fs::exists(folder, unknown) && !unknown) {
        return "cannot be opened: there is no directory " + folder.string() + "; make it, or " +
               std::string(another_file);
    }
    if (fs::is_directory(path, unknown)) {
        return "cannot be opened: it is a directory; " + std::string(another_file);
    }
    if (!fs::exists(path, unknown) && !unknown) {
        return "cannot be made: no permission to write in its directory; allow it, or " +
               std::string(another_file);
    }
    errno = 0;
    const std::ifstream file(path);
    const auto* const reason = file ? "the engine gave no reason" : std::strerror(errno);
    return "cannot be opened: " + std::string(reason) + "; check its permissions, or " +
           std::string(another_file);
}

std::string not_writable(const std::string& path) {
    std::error_code ignored;
    if (fs::exists(path + "-journal", ignored)) {
        return "was left in the middle of a write; start `chr21 serve` once with permission to "
               "write to it and to its directory, which restores it";
    }
    return "is read-only; allow writing to it and to its directory, or " +
           std::string(another_file);
}

// What an engine's result code means for the file, and what to do.
std::string meaning_of(int code, const std::string& path) {
    switch (code) {
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return cannot_open(path);
        case SQLITE_NOTADB:
            return "is not a SQLite database; it was left as it is: " + std::string(another_file);
        case SQLITE_CORRUPT:
            return "is damaged; it was left as it is: restore it from a copy, or " +
                   std::string(another_file);
        case SQLITE_READONLY:
            return not_writable(path);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "is locked by another program, also after 5 seconds; try again when that is "
                   "done";
        case SQLITE_FULL:
            return "cannot grow: the disk is full; make room, or " + std::string(another_file);
        case SQLITE_IOERR:
            return "cannot be read or written; check the disk and the limit of file sizes, or " +
                   std::string(another_file);
        case SQLITE_CONSTRAINT:
            return "did not take the dataset; two genes have the same stable ID";
        default:
            return "cannot be used; " + std::string(another_file);
    }
}

int read_int(Session& session, const std::string& select) {
    int number = 0;
    read_row(session, select, number);
    return number;
}

bool has_more_rows(Session& session, const std::string& table, std::size_t than) {
    // Rows are never numbered apart from being added, so the last number is their count or more.
    std::int64_t last = 0;
    read_row(session, "SELECT coalesce(max(rowid), 0) FROM " + table, last);
    return std::cmp_greater(last, than);
}

class SqliteEngine final : public Engine {
public:
    std::string_view name() const override { return "SQLite"; }
    std::string_view migration_folder() const override { return "sqlite/"; }
    const EngineWords& words() const override { return sqlite_words; }

    std::unique_ptr<Backend> connect(const DatabaseUrl& url, Access access) const override {
        const auto& path = url.path;
        std::error_code unknown;
        if (access == Access::read_only && !fs::exists(path, unknown) && !unknown) {
            throw StoreUnavailable(path +
                                   ": there is no such file; start `chr21 serve` once to make "
                                   "it, or " +
                                   std::string(another_file));
        }
        // A reader who may write undoes what a writer that was killed has left: nobody can read
        // before.
        const bool readable_only = access == Access::read_only && !may_write(path);
        // "./" keeps a relative path from being read as anything but a path.
        auto backend = std::make_unique<sqlite::SqliteBackend>(
            path.starts_with('/') ? path : "./" + path, readable_only);
        backend->run(access == Access::read_only ? "PRAGMA query_only = ON" : cache_of_writers);
        return backend;
    }

    bool is_read_only(Session& session) const override {
        return sqlite::backend_of(session).is_read_only();
    }

    void begin(Session& session, TransactionKind kind) const override {
        const bool writes = kind == TransactionKind::writing || kind == TransactionKind::alone;
        sqlite::backend_of(session).wait_for_locks(
            writes ? std::chrono::seconds(lock_wait_seconds)
                   : time_left(std::chrono::seconds(lock_wait_seconds)));
        if (!writes) return session.run("BEGIN");
        session.run(kind == TransactionKind::alone ? "BEGIN EXCLUSIVE" : "BEGIN IMMEDIATE");
    }

    std::unique_ptr<RowWriter> write_rows(
        Session& session,
        std::string_view table,
        std::span<const std::string_view> columns) const override {
        return write_sqlite_rows(session, table, columns);
    }

    // Not those that are part of the table itself.
    std::vector<std::string> prepare_for_rows(Session& session,
                                              const std::string& table,
                                              std::size_t new_rows) const override {
        std::vector<std::string> statements;
        if (has_more_rows(session, table, new_rows)) return statements;
        std::vector<std::string> names;
        {
            const Sql indexes{
                .text =
                    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? "
                    "AND sql IS NOT NULL ORDER BY name",
                .values = {table}};
            std::string name;
            std::string statement;
            Query query(session, indexes);
            query.into(name, statement);
            while (query.next()) {
                names.push_back(name);
                statements.push_back(statement);
            }
        }
        for (const auto& name : names) session.run("DROP INDEX " + name);
        return statements;
    }

    std::string diagnosis(const EngineFault& fault, const DatabaseUrl& url) const override {
        constexpr int without_extension = 0xFF;
        return meaning_of(fault.number() & without_extension, url.path);
    }

    std::string count_columns(const std::string& table, const std::string& columns) const override {
        return "SELECT count(*) FROM pragma_table_info('" + table + "') WHERE name IN (" + columns +
               ")";
    }

    Tenants tenants(Session& session) const override {
        const auto id = read_int(session, "PRAGMA application_id");
        if (id != 0 && id != application_id) return Tenants::another;
        const bool is_new = id == 0 && read_int(session, "PRAGMA user_version") == 0 &&
                            read_int(session, "SELECT count(*) FROM sqlite_master") == 0;
        return is_new ? Tenants::nobody : Tenants::one;
    }

    void mark_as_ours(Session& session) const override {
        session.run("PRAGMA application_id = " + std::to_string(application_id));
    }
};

}  // namespace

const Engine& sqlite_engine() {
    static const SqliteEngine engine;
    return engine;
}

}  // namespace chr21::sql
