#include "store/sql/engine/sqlite_rows.hpp"

#include "store/sql/engine/sqlite_backend.hpp"

#include <string>

namespace chr21::sql {
namespace {

std::string insert_text(std::string_view table, std::span<const std::string_view> columns) {
    std::string names;
    std::string places;
    for (const auto column : columns) {
        names.append(names.empty() ? "" : ", ").append(column);
        places.append(places.empty() ? "?" : ", ?");
    }
    std::string text = "INSERT INTO ";
    return text.append(table).append(" (").append(names).append(") VALUES (") + places + ")";
}

class SqliteRows final : public RowWriter {
public:
    SqliteRows(const sqlite::SqliteBackend& backend, const std::string& insert)
        : backend_(backend), insert_(backend.prepare(insert)) {}

    void number(std::int64_t value) override { backend_.bind(insert_.get(), ++bound_, value); }
    void text(std::string_view value) override { backend_.bind(insert_.get(), ++bound_, value); }
    void null() override { backend_.check(sqlite3_bind_null(insert_.get(), ++bound_)); }

    void end_row() override {
        const int code = sqlite3_step(insert_.get());
        sqlite3_reset(insert_.get());
        if (code != SQLITE_DONE) backend_.check(code);
        bound_ = 0;
    }

    void finish() override {}

private:
    const sqlite::SqliteBackend& backend_;
    sqlite::Statement insert_;
    int bound_ = 0;
};

}  // namespace

std::unique_ptr<RowWriter> write_sqlite_rows(Session& session,
                                             std::string_view table,
                                             std::span<const std::string_view> columns) {
    return std::make_unique<SqliteRows>(sqlite::backend_of(session), insert_text(table, columns));
}

}  // namespace chr21::sql
