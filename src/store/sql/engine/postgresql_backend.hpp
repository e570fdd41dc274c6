#pragma once

#include "store/sql/engine/backend.hpp"
#include "store/sql/engine/client_library.hpp"
#include "store/sql/engine/session.hpp"

#include <memory>
#include <string>
#include <string_view>

#include <libpq-fe.h>

namespace chr21::sql::postgresql {

struct Libpq : ClientLibrary {
    Libpq() : ClientLibrary("PostgreSQL", "libpq.so.5", "libpq5") {}

    decltype(PQconnectdbParams)* connect = function("PQconnectdbParams");
    decltype(PQfinish)* finish = function("PQfinish");
    decltype(PQstatus)* status = function("PQstatus");
    decltype(PQsocket)* socket = function("PQsocket");
    decltype(PQerrorMessage)* error_message = function("PQerrorMessage");
    decltype(PQsendQuery)* send = function("PQsendQuery");
    decltype(PQsendQueryParams)* send_with_values = function("PQsendQueryParams");
    decltype(PQsetSingleRowMode)* set_single_row_mode = function("PQsetSingleRowMode");
    decltype(PQisBusy)* is_busy = function("PQisBusy");
    decltype(PQconsumeInput)* consume_input = function("PQconsumeInput");
    decltype(PQgetResult)* get_result = function("PQgetResult");
    decltype(PQresultStatus)* result_status = function("PQresultStatus");
    decltype(PQresultErrorMessage)* result_error_message = function("PQresultErrorMessage");
    decltype(PQresultErrorField)* result_error_field = function("PQresultErrorField");
    decltype(PQgetisnull)* is_null = function("PQgetisnull");
    decltype(PQgetvalue)* value = function("PQgetvalue");
    decltype(PQgetlength)* length = function("PQgetlength");
    decltype(PQclear)* clear = function("PQclear");
    decltype(PQputCopyData)* put_copy_data = function("PQputCopyData");
    decltype(PQputCopyEnd)* put_copy_end = function("PQputCopyEnd");
};

// Throws StoreUnavailable where it cannot be loaded.
const Libpq& libpq();

struct Clear {
    void operator()(PGresult* result) const { libpq().clear(result); }
};

using Result = std::unique_ptr<PGresult, Clear>;

// Throws what libpq said of the connection.
[[noreturn]] void report_lost(PGconn* connection);

// A connection to a server.
class PostgresqlBackend final : public Backend {
public:
    explicit PostgresqlBackend(const DatabaseUrl& url);

    // Several statements too, with ";" between two.
    void run(const std::string& statement) override;
    std::unique_ptr<Rows> ask(const Sql& sql) override;

    PGconn* connection() const { return connection_.get(); }

    // Sends a statement and takes its first result, which may call for rows.
    Result begin(const std::string& statement);
    // Of what was sent last; null after the last one.
    Result next_result();
    // Throws what the server said, unless the result has this status.
    void expect(const Result& result, ExecStatusType status);
    // So that the connection takes more.
    void read_to_end();

private:
    struct Finish {
        void operator()(PGconn* connection) const { libpq().finish(connection); }
    };

    std::unique_ptr<PGconn, Finish> connection_;
};

// The session's own.
inline PostgresqlBackend& backend_of(Session& session) {
    return static_cast<PostgresqlBackend&>(session.backend());
}

}  // namespace chr21::sql::postgresql
