#pragma once

#include "store/sql/engine/backend.hpp"
#include "store/sql/engine/session.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <sqlite3.h>

namespace chr21::sql::sqlite {

struct Close {
    void operator()(sqlite3* file) const { sqlite3_close_v2(file); }
};

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

// An open file.
class SqliteBackend final : public Backend {
public:
    // Makes a file that is missing, unless it is only to be read.
    SqliteBackend(const std::string& path, bool read_only);

    void run(const std::string& statement) override;
    std::unique_ptr<Rows> ask(const Sql& sql) override;

    // How long whoever holds a lock on the file is waited for.
    void wait_for_locks(std::chrono::milliseconds time) const;

    // Whether its file can only be read.
    bool is_read_only() const;

    Statement prepare(const std::string& text) const;
    // Binds the value of a number from 1. A text must last until the statement is bound anew.
    void bind(sqlite3_stmt* statement, int number, std::int64_t value) const;
    void bind(sqlite3_stmt* statement, int number, std::string_view value) const;
    // Throws what the file's last call said, unless it went well.
    void check(int code) const;

private:
    std::unique_ptr<sqlite3, Close> file_;
};

inline SqliteBackend& backend_of(Session& session) {
    return static_cast<SqliteBackend&>(session.backend());
}

}  // namespace chr21::sql::sqlite
