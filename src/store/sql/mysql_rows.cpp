#include "store/sql/mysql_rows.hpp"

#include "store/sql/backend_library.hpp"

#include <string>

#include <soci/mysql/soci-mysql.h>

namespace chr21::sql {
namespace {

// Far below every server's max_allowed_packet.
constexpr std::size_t statement_bytes = std::size_t{512} * 1024;

struct Client {
    decltype(mysql_real_query)* query =
        find_function_as<decltype(mysql_real_query)>(Engine::mysql, "mysql_real_query");
    decltype(mysql_errno)* error_number =
        find_function_as<decltype(mysql_errno)>(Engine::mysql, "mysql_errno");
    decltype(mysql_error)* error_message =
        find_function_as<decltype(mysql_error)>(Engine::mysql, "mysql_error");
};

const Client& client() {
    static const Client functions;
    return functions;
}

std::string insert_text(std::string_view table, std::span<const std::string_view> columns) {
    std::string names;
    for (const auto column : columns) names.append(names.empty() ? "" : ", ").append(column);
    return "INSERT INTO " + std::string(table) + " (" + names + ") VALUES ";
}

class MysqlRows final : public RowWriter {
public:
    MysqlRows(MYSQL* connection, std::string insert)
        : connection_(connection), insert_(std::move(insert)), statement_(insert_) {}

    void number(std::int64_t value) override {
        next_column();
        statement_ += std::to_string(value);
    }

    // Escapes as every sql_mode that our connections set reads them.
    void text(std::string_view value) override {
        next_column();
        statement_ += '\'';
        for (const char letter : value) {
            if (letter == '\0') {
                statement_ += "\\0";
                continue;
            }
            if (letter == '\'' || letter == '\\') statement_ += '\\';
            statement_ += letter;
        }
        statement_ += '\'';
    }

    void null() override {
        next_column();
        statement_ += "NULL";
    }

    void end_row() override {
        statement_ += ')';
        first_column_ = true;
        if (statement_.size() >= statement_bytes) send();
    }

    void finish() override {
        if (statement_.size() > insert_.size()) send();
    }

private:
    void next_column() {
        if (!first_column_) {
            statement_ += ", ";
        } else {
            statement_ += statement_.size() > insert_.size() ? ", (" : "(";
        }
        first_column_ = false;
    }

    void send() {
        const auto& [query, error_number, error_message] = client();
        if (query(connection_, statement_.data(), statement_.size()) != 0) {
            throw soci::mysql_soci_error(error_message(connection_),
                                         static_cast<int>(error_number(connection_)));
        }
        statement_ = insert_;
    }

    MYSQL* connection_;
    std::string insert_;
    std::string statement_;
    bool first_column_ = true;
};

}  // namespace

std::unique_ptr<RowWriter> write_mysql_rows(soci::session& session,
                                            std::string_view table,
                                            std::span<const std::string_view> columns) {
    // static_cast: the class's type information is in the library, which is not linked.
    auto* const backend = static_cast<soci::mysql_session_backend*>(session.get_backend());
    return std::make_unique<MysqlRows>(backend->conn_, insert_text(table, columns));
}

}  // namespace chr21::sql
