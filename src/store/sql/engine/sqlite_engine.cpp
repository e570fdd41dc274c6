#include "store/sql/engine/engine.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

namespace chr21::sql::sqlite {
namespace {

namespace fs = std::filesystem;

// At most 256 MiB, in KiB. Rows of a dataset come to their indexes in no order; with the 2 MB that
// SQLite takes by itself, the pages of a genome's indexes go out to the file and come back, and
// from the first that goes out until the end nobody can read.
constexpr const char* cache_of_writers = "PRAGMA cache_size = -262144";

constexpr std::string_view another_file = "choose another file with --database-url";

// SOCI cuts an unquoted value at a space and a quoted one at a double quote, so a path may hold
// either, not both; parse_database_url refuses that. "./" keeps a relative path from being read
// as anything but a path.
std::string connect_string(const std::string& path, bool readable_only) {
    const auto plain = path.starts_with('/') ? path : "./" + path;
    const auto value = plain.contains(' ') ? '"' + plain + '"' : plain;
    return "dbname=" + value + " timeout=5" + (readable_only ? " readonly=true" : "");
}

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
std::string diagnosis(int code, const std::string& path) {
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

}  // namespace

void connect(soci::session& session, const DatabaseUrl& url, Access access) {
    const auto& path = url.path;
    std::error_code unknown;
    if (access == Access::read_only && !fs::exists(path, unknown) && !unknown) {
        throw StoreUnavailable(path +
                               ": there is no such file; start `chr21 serve` once to make "
                               "it, or " +
                               std::string(another_file));
    }
    // A reader who may write undoes what a writer that was killed has left: nobody can read before.
    const bool readable_only = access == Access::read_only && !may_write(path);
    session.open(soci::sqlite3, connect_string(path, readable_only));
    if (access == Access::read_only) {
        session << "PRAGMA query_only = ON";
    } else {
        session << cache_of_writers;
    }
}

bool is_read_only(soci::session& session) {
    const auto* const backend = dynamic_cast<soci::sqlite3_session_backend*>(session.get_backend());
    return backend != nullptr && sqlite_api::sqlite3_db_readonly(backend->conn_, "main") == 1;
}

void begin(soci::session& session, Transaction::Kind kind) {
    switch (kind) {
        case Transaction::Kind::reading:
        case Transaction::Kind::copying:
            session << "BEGIN";
            break;
        case Transaction::Kind::writing:
            session << "BEGIN IMMEDIATE";
            break;
        case Transaction::Kind::alone:
            session << "BEGIN EXCLUSIVE";
            break;
    }
}

std::string diagnosis(const soci::soci_error& fault, const DatabaseUrl& url) {
    const auto* const named = dynamic_cast<const soci::sqlite3_soci_error*>(&fault);
    return diagnosis(named == nullptr ? SQLITE_ERROR : named->result(), url.path);
}

}  // namespace chr21::sql::sqlite
