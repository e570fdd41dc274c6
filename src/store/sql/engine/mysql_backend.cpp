#include "store/sql/engine/mysql_backend.hpp"

#include "store/request_deadline.hpp"
#include "store/sql/engine/answer_wait.hpp"
#include "store/sql/engine/diagnoses.hpp"
#include "store/sql/engine/mysql_local_file.hpp"

#include <variant>

namespace chr21::sql::mysql {
namespace {

// As the server writes them: what is not read yet is still on its way.
class ResultRows final : public Rows {
public:
    explicit ResultRows(MYSQL* connection)
        : connection_(connection), result_(libmariadb().use_result(connection)) {
        if (libmariadb().error_number(connection) != 0) throw last_fault(connection);
    }

    bool next() override {
        if (result_ == nullptr) return false;  // a statement without rows
        row_ = libmariadb().fetch_row(result_.get());
        if (row_ == nullptr) {
            if (libmariadb().error_number(connection_) != 0) throw last_fault(connection_);
            return false;
        }
        lengths_ = libmariadb().fetch_lengths(result_.get());
        return true;
    }

    std::optional<std::string_view> text(std::size_t column) const override {
        if (row_[column] == nullptr) return {};
        return std::string_view(row_[column], lengths_[column]);
    }

    std::optional<std::int64_t> number(std::size_t column) const override {
        return text(column).transform(to_number);
    }

private:
    struct Free {
        void operator()(MYSQL_RES* result) const { libmariadb().free_result(result); }
    };

    MYSQL* connection_;
    std::unique_ptr<MYSQL_RES, Free> result_;
    MYSQL_ROW row_ = nullptr;
    const unsigned long* lengths_ = nullptr;
};

void add_value(std::string& statement, const SqlValue& value) {
    if (const auto* const number = std::get_if<std::int64_t>(&value)) {
        statement += std::to_string(*number);
    } else {
        add_quoted(statement, std::get<std::string>(value));
    }
}

// With its values in place of each "?". No statement of ours has a "?" of another meaning.
std::string whole(const Sql& sql) {
    std::string statement;
    statement.reserve(sql.text.size() * 2);
    auto value = sql.values.begin();
    for (const char letter : sql.text) {
        if (letter == '?') {
            add_value(statement, *value++);
        } else {
            statement += letter;
        }
    }
    return statement;
}

// A SELECT that takes no longer than this thread's request has left; on MariaDB and on MySQL in
// words that the other takes for a comment.
std::string in_time(std::string select, std::chrono::milliseconds most) {
    constexpr std::string_view word = "SELECT ";
    if (!RequestDeadline::current() || !select.starts_with(word)) return select;
    const auto limit = std::to_string(time_left(most).count());
    return "/*M! SET STATEMENT max_statement_time = " + limit +
           " / 1000 FOR */ SELECT /*+ MAX_EXECUTION_TIME(" + limit + ") */ " +
           select.substr(word.size());
}

const char* or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

}  // namespace

const Libmariadb& libmariadb() {
    static const Libmariadb library;
    return library;
}

MysqlBackend::MysqlBackend(const DatabaseUrl& url, Access access)
    : connection_(libmariadb().init(nullptr)), most_(url.statement_timeout) {
    set_options(url, access);
    if (libmariadb().connect(connection(),
                             or_null(url.host),
                             or_null(url.user),
                             or_null(url.password),
                             or_null(url.database),
                             url.port,
                             or_null(url.socket),
                             0) == nullptr) {
        throw last_fault(connection());
    }
    // The library goes on without TLS where the server has none.
    if (url.tls >= Tls::require && libmariadb().cipher(connection()) == nullptr) {
        throw StoreUnavailable(describe(url) + ": " + std::string(diagnoses::no_tls));
    }
}

void MysqlBackend::set(mysql_option option, const void* value) const {
    if (libmariadb().set_option(connection(), option, value) == 0) return;
    throw StoreUnavailable(
        "libmariadb does not know an option that this program sets; install a newer one");
}

void MysqlBackend::set_options(const DatabaseUrl& url, Access access) {
    const auto set_number = [this](mysql_option option, unsigned value) { set(option, &value); };
    const auto set_flag = [this](mysql_option option, bool value) {
        const my_bool flag = value ? 1 : 0;
        set(option, &flag);
    };
    // A server is the first to give up a statement. One that loads or migrates may take long.
    const auto wait = access == Access::read_only
                          ? static_cast<unsigned>(url.statement_timeout.count()) + 1U
                          : 3600U;
    set(MYSQL_SET_CHARSET_NAME, "utf8mb4");
    set_number(MYSQL_OPT_CONNECT_TIMEOUT, static_cast<unsigned>(url.connect_timeout.count()));
    set_number(MYSQL_OPT_READ_TIMEOUT, wait);
    set_number(MYSQL_OPT_WRITE_TIMEOUT, wait);
    // Without this, "localhost" is the engine's own socket, whatever the port is.
    if (!url.host.empty()) set_number(MYSQL_OPT_PROTOCOL, MYSQL_PROTOCOL_TCP);
    if (!url.root_certificate.empty()) set(MYSQL_OPT_SSL_CA, url.root_certificate.c_str());
    set_flag(MYSQL_OPT_SSL_ENFORCE, url.tls != Tls::disable);
    set_flag(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, url.tls == Tls::verify_full);
    set_number(MYSQL_OPT_LOCAL_INFILE, access == Access::read_write ? 1 : 0);
    send_no_files(connection());
}

void MysqlBackend::run(const std::string& statement) {
    execute(statement);
    ResultRows rows{connection()};
    while (rows.next()) continue;
}

std::unique_ptr<Rows> MysqlBackend::ask(const Sql& sql) {
    execute(in_time(whole(sql), most_));
    return std::make_unique<ResultRows>(connection());
}

void MysqlBackend::execute(const std::string& statement) {
    const auto is_told = libmariadb().send(connection(), statement.data(), statement.size()) == 0;
    if (is_told) wait_for_answer(libmariadb().socket(connection()), end_of_wait());
    if (!is_told || libmariadb().read_result(connection()) != 0) throw last_fault(connection());
}

EngineFault last_fault(MYSQL* connection) {
    return {libmariadb().error_message(connection),
            static_cast<int>(libmariadb().error_number(connection))};
}

void add_quoted(std::string& statement, std::string_view text) {
    statement += '\'';
    for (const char letter : text) {
        if (letter == '\0') {
            statement += "\\0";
            continue;
        }
        if (letter == '\'' || letter == '\\') statement += '\\';
        statement += letter;
    }
    statement += '\'';
}

std::string comma_list(std::span<const std::string_view> columns) {
    std::string names;
    for (const auto column : columns) names.append(names.empty() ? "" : ", ").append(column);
    return names;
}

}  // namespace chr21::sql::mysql
