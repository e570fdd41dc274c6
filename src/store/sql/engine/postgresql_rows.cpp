#include "store/sql/engine/postgresql_rows.hpp"

#include "store/sql/engine/postgresql_backend.hpp"

#include <bit>
#include <string>
#include <string_view>

namespace chr21::sql {
namespace {

using namespace std::string_view_literals;
using postgresql::libpq;

constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;

// COPY's binary format (PostgreSQL documentation, COPY, "Binary Format"): after this signature, no
// flags and no extension, each row is its number of columns and for each the length and the bytes.
constexpr auto header = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"sv;

std::string copy_text(std::string_view table, std::span<const std::string_view> columns) {
    std::string names;
    for (const auto column : columns) names.append(names.empty() ? "" : ", ").append(column);
    return "COPY " + std::string(table) + " (" + names + ") FROM STDIN (FORMAT binary)";
}

class PostgresqlRows final : public RowWriter {
public:
    PostgresqlRows(postgresql::PostgresqlBackend& backend,
                   const std::string& copy,
                   std::int16_t column_count)
        : backend_(backend),
          connection_(backend.connection()),
          column_count_(column_count),
          rows_(header) {
        backend_.expect(backend_.begin(copy), PGRES_COPY_IN);
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
        backend_.read_to_end();
    }

    void number(std::int64_t value) override {
        next_column();
        add_number(std::int32_t{sizeof value});
        add_number(value);
    }

    void text(std::string_view value) override {
        if (value.contains('\0')) {
            throw EngineFault("a text holds a NUL byte, which PostgreSQL cannot keep", "22021");
        }
        next_column();
        add_number(static_cast<std::int32_t>(value.size()));
        rows_ += value;
    }

    void null() override {
        next_column();
        add_number(std::int32_t{-1});
    }

    void end_row() override {
        first_column_ = true;
        if (rows_.size() >= chunk_bytes) send();
    }

    void finish() override {
        constexpr std::int16_t end = -1;
        add_number(end);
        send();
        copying_ = false;
        if (libpq().put_copy_end(connection_, nullptr) != 1) postgresql::report_lost(connection_);
        backend_.expect(backend_.next_result(), PGRES_COMMAND_OK);
        backend_.read_to_end();
    }

private:
    void next_column() {
        if (first_column_) add_number(column_count_);
        first_column_ = false;
    }

    template <class Number>
    void add_number(Number value) {
        if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
        rows_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }

    void send() {
        if (libpq().put_copy_data(connection_, rows_.data(), static_cast<int>(rows_.size())) != 1) {
            postgresql::report_lost(connection_);
        }
        rows_.clear();
    }

    postgresql::PostgresqlBackend& backend_;
    PGconn* connection_;
    std::int16_t column_count_;
    std::string rows_;
    bool first_column_ = true;
    bool copying_ = false;
};

}  // namespace

std::unique_ptr<RowWriter> write_postgresql_rows(Session& session,
                                                 std::string_view table,
                                                 std::span<const std::string_view> columns) {
    return std::make_unique<PostgresqlRows>(postgresql::backend_of(session),
                                            copy_text(table, columns),
                                            static_cast<std::int16_t>(columns.size()));
}

}  // namespace chr21::sql
