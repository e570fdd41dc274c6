#include "store/sql/postgresql_rows.hpp"

#include "store/sql/postgresql_library.hpp"

#include <string>

namespace chr21::sql {
namespace {

using postgresql::libpq;

constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;

std::string copy_text(std::string_view table, std::span<const std::string_view> columns) {
    std::string names;
    for (const auto column : columns) names.append(names.empty() ? "" : ", ").append(column);
    return "COPY " + std::string(table) + " (" + names + ") FROM STDIN";
}

class PostgresqlRows final : public RowWriter {
public:
    PostgresqlRows(PGconn* connection, const std::string& copy) : connection_(connection) {
        expect(libpq().exec(connection_, copy.c_str()), PGRES_COPY_IN);
        copying_ = true;
    }
    PostgresqlRows(const PostgresqlRows&) = delete;
    PostgresqlRows& operator=(const PostgresqlRows&) = delete;
    PostgresqlRows(PostgresqlRows&&) = delete;
    PostgresqlRows& operator=(PostgresqlRows&&) = delete;

    // A COPY that is not finished is called off, so that the connection takes a ROLLBACK.
    ~PostgresqlRows() override {
        if (!copying_) return;
        libpq().put_copy_end(connection_, "not finished");
        while (auto* const result = libpq().get_result(connection_)) libpq().clear(result);
    }

    void number(std::int64_t value) override {
        next_column();
        rows_ += std::to_string(value);
    }

    void text(std::string_view value) override {
        next_column();
        for (const char letter : value) add(letter);
    }

    void null() override {
        next_column();
        rows_ += "\\N";
    }

    void end_row() override {
        rows_ += '\n';
        first_column_ = true;
        if (rows_.size() >= chunk_bytes) send();
    }

    void finish() override {
        send();
        copying_ = false;
        if (libpq().put_copy_end(connection_, nullptr) != 1) fail();
        expect(libpq().get_result(connection_), PGRES_COMMAND_OK);
        while (auto* const result = libpq().get_result(connection_)) libpq().clear(result);
    }

private:
    void next_column() {
        if (!first_column_) rows_ += '\t';
        first_column_ = false;
    }

    void add(char letter) {
        switch (letter) {
            case '\\':
                rows_ += "\\\\";
                break;
            case '\t':
                rows_ += "\\t";
                break;
            case '\n':
                rows_ += "\\n";
                break;
            case '\r':
                rows_ += "\\r";
                break;
            case '\0':
                postgresql::report("a text holds a NUL byte, which PostgreSQL cannot keep",
                                   "22021");
            default:
                rows_ += letter;
        }
    }

    void send() {
        if (libpq().put_copy_data(connection_, rows_.data(), static_cast<int>(rows_.size())) != 1) {
            fail();
        }
        rows_.clear();
    }

    [[noreturn]] void fail() const {
        postgresql::report(libpq().error_message(connection_), "08006");
    }

    static void expect(PGresult* result, ExecStatusType status) {
        if (libpq().result_status(result) == status) {
            libpq().clear(result);
            return;
        }
        const std::string message = libpq().result_error_message(result);
        const auto* const state = libpq().result_error_field(result, PG_DIAG_SQLSTATE);
        const std::string sqlstate = state == nullptr ? "08006" : state;
        libpq().clear(result);
        postgresql::report(message, sqlstate);
    }

    PGconn* connection_;
    std::string rows_;
    bool first_column_ = true;
    bool copying_ = false;
};

}  // namespace

std::unique_ptr<RowWriter> write_postgresql_rows(soci::session& session,
                                                 std::string_view table,
                                                 std::span<const std::string_view> columns) {
    return std::make_unique<PostgresqlRows>(postgresql::connection_of(session),
                                            copy_text(table, columns));
}

}  // namespace chr21::sql
