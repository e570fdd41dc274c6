#include "store/sql/engine/mysql_local_file.hpp"

#include "store/sql/engine/mysql_backend.hpp"
#include "store/sql/engine/query.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace chr21::sql::mysql {
namespace {

constexpr std::size_t statement_bytes = std::size_t{4} * 1024 * 1024;

// What the library asks for while a statement runs; `file` and `given` are the rows still to send,
// or null where none were given.
int open_file(void** file, const char* /*name*/, void* given) {
    *file = given;
    return given == nullptr ? 1 : 0;
}

int read_file(void* file, char* buffer, unsigned size) {
    auto& rows = *static_cast<std::string_view*>(file);
    const auto part = rows.substr(0, size);
    std::ranges::copy(part, buffer);
    rows.remove_prefix(part.size());
    return static_cast<int>(part.size());
}

void close_file(void* /*file*/) {}

int explain_file(void* /*file*/, char* message, unsigned size) {
    constexpr std::string_view why = "this program sends no files";
    if (size > 0) *std::ranges::copy(why.substr(0, size - 1), message).out = '\0';
    constexpr int no_such_file = 2;
    return no_such_file;
}

void send(MYSQL* connection, std::string_view* rows) {
    libmariadb().set_local_infile_handler(
        connection, open_file, read_file, close_file, explain_file, rows);
}

std::string load_text(std::string_view table, std::span<const std::string_view> columns) {
    return "LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + std::string(table) +
           " CHARACTER SET utf8mb4 (" + comma_list(columns) + ")";
}

class LocalFile final : public RowWriter {
public:
    LocalFile(Session& session, std::string statement)
        : session_(session),
          connection_(backend_of(session).connection()),
          statement_(std::move(statement)) {}

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
        ++row_count_;
        if (rows_.size() >= statement_bytes) load();
    }

    void finish() override {
        if (!rows_.empty()) load();
    }

private:
    void next_column() {
        if (!first_column_) rows_ += '\t';
        first_column_ = false;
    }

    void add(char letter) {
        switch (letter) {
            case '\0':
                rows_ += "\\0";
                break;
            case '\t':
                rows_ += "\\t";
                break;
            case '\n':
                rows_ += "\\n";
                break;
            case '\\':
                rows_ += "\\\\";
                break;
            default:
                rows_ += letter;
        }
    }

    void load() {
        std::string_view unsent = rows_;
        send(connection_, &unsent);
        try {
            session_.backend().run(statement_);
        } catch (const EngineFault&) {
            send_no_files(connection_);
            throw;
        }
        send_no_files(connection_);
        if (libmariadb().warning_count(connection_) > 0) throw_warning();
        if (libmariadb().affected_rows(connection_) != row_count_) {
            throw EngineFault("not every row was stored", 0);
        }
        rows_.clear();
        row_count_ = 0;
    }

    [[noreturn]] void throw_warning() const {
        std::string level;
        int code = 0;
        std::string message;
        read_row(session_, "SHOW WARNINGS LIMIT 1", level, code, message);
        throw EngineFault(message, code);
    }

    Session& session_;
    MYSQL* connection_;
    std::string statement_;
    std::string rows_;
    std::uint64_t row_count_ = 0;
    bool first_column_ = true;
};

}  // namespace

void send_no_files(MYSQL* connection) { send(connection, nullptr); }

bool takes_local_files(Session& session) {
    int takes = 0;
    read_row(session, "SELECT @@global.local_infile", takes);
    return takes != 0;
}

std::unique_ptr<RowWriter> write_local_file(Session& session,
                                            std::string_view table,
                                            std::span<const std::string_view> columns) {
    return std::make_unique<LocalFile>(session, load_text(table, columns));
}

}  // namespace chr21::sql::mysql
