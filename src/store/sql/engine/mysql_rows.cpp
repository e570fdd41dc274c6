#include "store/sql/engine/mysql_rows.hpp"

#include "store/sql/engine/mysql_backend.hpp"
#include "store/sql/engine/mysql_local_file.hpp"

#include <string>

namespace chr21::sql {
namespace {

// Far below every server's max_allowed_packet.
constexpr std::size_t statement_bytes = std::size_t{512} * 1024;

std::string insert_text(std::string_view table, std::span<const std::string_view> columns) {
    return "INSERT INTO " + std::string(table) + " (" + mysql::comma_list(columns) + ") VALUES ";
}

class MysqlRows final : public RowWriter {
public:
    MysqlRows(Session& session, std::string insert)
        : session_(session), insert_(std::move(insert)), statement_(insert_) {}

    void number(std::int64_t value) override {
        next_column();
        statement_ += std::to_string(value);
    }

    void text(std::string_view value) override {
        next_column();
        mysql::add_quoted(statement_, value);
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
        session_.backend().run(statement_);
        statement_ = insert_;
    }

    Session& session_;
    std::string insert_;
    std::string statement_;
    bool first_column_ = true;
};

}  // namespace

std::unique_ptr<RowWriter> write_mysql_rows(Session& session,
                                            std::string_view table,
                                            std::span<const std::string_view> columns) {
    if (mysql::takes_local_files(session)) return mysql::write_local_file(session, table, columns);
    return std::make_unique<MysqlRows>(session, insert_text(table, columns));
}

}  // namespace chr21::sql
