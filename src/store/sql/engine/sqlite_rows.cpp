#include "store/sql/engine/sqlite_rows.hpp"

#include <string>

#include <soci/sqlite3/soci-sqlite3.h>

namespace chr21::sql {
namespace {

using sqlite_api::sqlite3;
using sqlite_api::sqlite3_stmt;

sqlite3* connection_of(Session& session) {
    return dynamic_cast<soci::sqlite3_session_backend&>(*session.backend().get_backend()).conn_;
}

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
    SqliteRows(sqlite3* connection, const std::string& insert) : connection_(connection) {
        sqlite3_stmt* prepared = nullptr;
        check(sqlite_api::sqlite3_prepare_v2(
            connection_, insert.c_str(), static_cast<int>(insert.size()), &prepared, nullptr));
        insert_.reset(prepared);
    }

    void number(std::int64_t value) override {
        check(sqlite_api::sqlite3_bind_int64(insert_.get(), ++bound_, value));
    }

    void text(std::string_view value) override {
        check(sqlite_api::sqlite3_bind_text64(insert_.get(),
                                              ++bound_,
                                              value.empty() ? "" : value.data(),
                                              value.size(),
                                              sqlite_api::sqlite3_destructor_type{},
                                              SQLITE_UTF8));
    }

    void null() override { check(sqlite_api::sqlite3_bind_null(insert_.get(), ++bound_)); }

    void end_row() override {
        const int code = sqlite_api::sqlite3_step(insert_.get());
        sqlite_api::sqlite3_reset(insert_.get());
        if (code != SQLITE_DONE) check(code);
        bound_ = 0;
    }

    void finish() override {}

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite_api::sqlite3_finalize(statement); }
    };

    void check(int code) const {
        if (code == SQLITE_OK) return;
        throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(connection_), code & 0xFF);
    }

    sqlite3* connection_;
    std::unique_ptr<sqlite3_stmt, Finalize> insert_;
    int bound_ = 0;
};

}  // namespace

std::unique_ptr<RowWriter> write_sqlite_rows(Session& session,
                                             std::string_view table,
                                             std::span<const std::string_view> columns) {
    return std::make_unique<SqliteRows>(connection_of(session), insert_text(table, columns));
}

}  // namespace chr21::sql
