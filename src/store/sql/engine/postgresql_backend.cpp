#include "store/sql/engine/postgresql_backend.hpp"

#include "store/sql/engine/answer_wait.hpp"

#include <array>
#include <vector>

namespace chr21::sql::postgresql {
namespace {

// In the order of Tls.
constexpr std::array modes{"disable", "prefer", "require", "verify-ca", "verify-full"};

// An empty value stands for what libpq takes by itself. No "options", which poolers refuse. A
// server that has vanished is given up after about 5 seconds.
PGconn* connect(const DatabaseUrl& url) {
    const auto port = std::to_string(url.port);
    const auto timeout = std::to_string(url.connect_timeout.count());
    std::vector<const char*> names;
    std::vector<const char*> values;
    const auto set = [&](const char* name, const char* value) {
        names.push_back(name);
        values.push_back(value);
    };
    set("host", (url.socket.empty() ? url.host : url.socket).c_str());
    set("port", port.c_str());
    set("dbname", url.database.c_str());
    set("user", url.user.c_str());
    set("password", url.password.c_str());
    set("connect_timeout", timeout.c_str());
    set("sslmode", modes.at(static_cast<std::size_t>(url.tls)));
    set("sslrootcert", url.root_certificate.c_str());
    set("client_encoding", "UTF8");
    set("application_name", "chr21");
    set("gssencmode", "disable");
    set("keepalives_idle", "2");
    set("keepalives_interval", "1");
    set("keepalives_count", "3");
    set("tcp_user_timeout", "5000");
    set(nullptr, nullptr);
    constexpr int database_is_a_name = 0;
    return libpq().connect(names.data(), values.data(), database_is_a_name);
}

// With "$1", "$2" and so on for each "?". No statement of ours has a "?" of another meaning.
std::string numbered(std::string_view text) {
    std::string result;
    result.reserve(text.size() + (text.size() / 4));
    int number = 0;
    for (const char letter : text) {
        if (letter == '?') {
            result += "$" + std::to_string(++number);
        } else {
            result += letter;
        }
    }
    return result;
}

std::string text_of(const SqlValue& value) {
    const auto* const number = std::get_if<std::int64_t>(&value);
    return number == nullptr ? std::get<std::string>(value) : std::to_string(*number);
}

// Throws what the server said.
[[noreturn]] void report(const Result& result) {
    const auto* const state = libpq().result_error_field(result.get(), PG_DIAG_SQLSTATE);
    throw EngineFault(libpq().result_error_message(result.get()),
                      state == nullptr ? "08006" : state);
}

// In libpq's single-row mode: what is not read yet is still on its way.
class ResultRows final : public Rows {
public:
    explicit ResultRows(PostgresqlBackend& backend) : backend_(backend) {}
    ResultRows(const ResultRows&) = delete;
    ResultRows& operator=(const ResultRows&) = delete;
    ResultRows(ResultRows&&) = delete;
    ResultRows& operator=(ResultRows&&) = delete;
    ~ResultRows() override { backend_.read_to_end(); }

    bool next() override {
        row_ = backend_.next_result();
        switch (libpq().result_status(row_.get())) {
            case PGRES_SINGLE_TUPLE:
                return true;
            case PGRES_TUPLES_OK:
            case PGRES_COMMAND_OK:
                return false;
            default:
                report(row_);
        }
    }

    std::optional<std::string_view> text(std::size_t column) const override {
        const auto number = static_cast<int>(column);
        if (libpq().is_null(row_.get(), 0, number) != 0) return {};
        return std::string_view(libpq().value(row_.get(), 0, number),
                                static_cast<std::size_t>(libpq().length(row_.get(), 0, number)));
    }

    std::optional<std::int64_t> number(std::size_t column) const override {
        return text(column).transform(to_number);
    }

private:
    PostgresqlBackend& backend_;
    Result row_;
};

}  // namespace

const Libpq& libpq() {
    static const Libpq library;
    return library;
}

void report_lost(PGconn* connection) {
    throw EngineFault(libpq().error_message(connection), "08006");
}

PostgresqlBackend::PostgresqlBackend(const DatabaseUrl& url) : connection_(connect(url)) {
    if (libpq().status(connection()) == CONNECTION_OK) return;
    throw EngineFault(libpq().error_message(connection()), "");
}

void PostgresqlBackend::run(const std::string& statement) {
    auto result = begin(statement);
    while (auto next = next_result()) result = std::move(next);  // the first that fails is the last
    if (libpq().result_status(result.get()) != PGRES_TUPLES_OK) expect(result, PGRES_COMMAND_OK);
}

Result PostgresqlBackend::begin(const std::string& statement) {
    if (libpq().send(connection(), statement.c_str()) != 1) report_lost(connection());
    return next_result();
}

// What consume_input() does not bring is told by the result.
Result PostgresqlBackend::next_result() {
    while (libpq().is_busy(connection()) == 1) {
        wait_for_answer(libpq().socket(connection()), end_of_wait());
        if (libpq().consume_input(connection()) != 1) break;
    }
    return Result(libpq().get_result(connection()));
}

void PostgresqlBackend::expect(const Result& result, ExecStatusType status) {
    if (libpq().result_status(result.get()) == status) return;
    read_to_end();
    report(result);
}

void PostgresqlBackend::read_to_end() {
    while (next_result()) continue;
}

std::unique_ptr<Rows> PostgresqlBackend::ask(const Sql& sql) {
    std::vector<std::string> texts;
    texts.reserve(sql.values.size());
    std::vector<const char*> values;
    values.reserve(sql.values.size());
    for (const auto& value : sql.values) {
        values.push_back(texts.emplace_back(text_of(value)).c_str());
    }
    constexpr int as_text = 0;
    if (libpq().send_with_values(connection(),
                                 numbered(sql.text).c_str(),
                                 static_cast<int>(values.size()),
                                 nullptr,
                                 values.data(),
                                 nullptr,
                                 nullptr,
                                 as_text) != 1) {
        report_lost(connection());
    }
    libpq().set_single_row_mode(connection());
    return std::make_unique<ResultRows>(*this);
}

}  // namespace chr21::sql::postgresql
