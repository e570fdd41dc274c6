#include "store/sql/engine/sqlite_backend.hpp"

#include "store/sql/engine/engine.hpp"

#include <variant>

namespace chr21::sql::sqlite {
namespace {

class StatementRows final : public Rows {
public:
    StatementRows(const SqliteBackend& backend, Statement statement)
        : backend_(backend), statement_(std::move(statement)) {}

    bool next() override {
        const int code = sqlite3_step(statement_.get());
        if (code != SQLITE_ROW && code != SQLITE_DONE) backend_.check(code);
        return code == SQLITE_ROW;
    }

    std::optional<std::string_view> text(std::size_t column) const override {
        const auto number = static_cast<int>(column);
        if (is_null(number)) return {};
        const auto* const text = sqlite3_column_text(statement_.get(), number);
        const auto bytes = sqlite3_column_bytes(statement_.get(), number);
        return std::string_view(reinterpret_cast<const char*>(text),
                                static_cast<std::size_t>(bytes));
    }

    std::optional<std::int64_t> number(std::size_t column) const override {
        const auto number = static_cast<int>(column);
        if (is_null(number)) return {};
        return sqlite3_column_int64(statement_.get(), number);
    }

private:
    bool is_null(int column) const {
        return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
    }

    const SqliteBackend& backend_;
    Statement statement_;
};

// Asked by SQLite while a statement runs, which ends when this is not 0.
int is_too_late(void* backend) {
    const auto end = static_cast<const SqliteBackend*>(backend)->end_of_wait();
    return std::chrono::steady_clock::now() < end ? 0 : 1;
}

}  // namespace

SqliteBackend::SqliteBackend(const std::string& path, bool read_only) {
    const int access =
        read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* file = nullptr;
    // One thread at a time uses a session, so that SQLite needs no lock of its own.
    constexpr int how = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(path.c_str(), &file, access | how, nullptr);
    file_.reset(file);
    check(code);
    wait_for_locks(std::chrono::seconds(lock_wait_seconds));
    constexpr int steps = 1000;  // of SQLite's machine, some microseconds
    sqlite3_progress_handler(file, steps, is_too_late, this);
}

void SqliteBackend::wait_for_locks(std::chrono::milliseconds time) const {
    check(sqlite3_busy_timeout(file_.get(), static_cast<int>(time.count())));
}

void SqliteBackend::run(const std::string& statement) {
    check(sqlite3_exec(file_.get(), statement.c_str(), nullptr, nullptr, nullptr));
}

std::unique_ptr<Rows> SqliteBackend::ask(const Sql& sql) {
    auto statement = prepare(sql.text);
    int number = 0;
    for (const auto& value : sql.values) {
        ++number;
        std::visit([&](const auto& bound) { bind(statement.get(), number, bound); }, value);
    }
    return std::make_unique<StatementRows>(*this, std::move(statement));
}

bool SqliteBackend::is_read_only() const { return sqlite3_db_readonly(file_.get(), "main") == 1; }

Statement SqliteBackend::prepare(const std::string& text) const {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(
        file_.get(), text.c_str(), static_cast<int>(text.size()), 0, &statement, nullptr));
    return Statement(statement);
}

void SqliteBackend::bind(sqlite3_stmt* statement, int number, std::int64_t value) const {
    check(sqlite3_bind_int64(statement, number, value));
}

void SqliteBackend::bind(sqlite3_stmt* statement, int number, std::string_view value) const {
    check(sqlite3_bind_text64(statement,
                              number,
                              value.empty() ? "" : value.data(),
                              value.size(),
                              sqlite3_destructor_type{},
                              SQLITE_UTF8));
}

void SqliteBackend::check(int code) const {
    if (code == SQLITE_OK) return;
    throw EngineFault(file_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(file_.get()), code);
}

}  // namespace chr21::sql::sqlite
