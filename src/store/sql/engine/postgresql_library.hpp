#pragma once

#include "store/sql/engine/session.hpp"

#include <string>

#include <libpq-fe.h>

// The functions of libpq that SOCI has no words for, found in the library that SOCI's backend
// brought: this program does not link libpq.
namespace chr21::sql::postgresql {

struct Libpq {
    decltype(PQsocket)* socket = nullptr;
    decltype(PQexec)* exec = nullptr;
    decltype(PQputCopyData)* put_copy_data = nullptr;
    decltype(PQputCopyEnd)* put_copy_end = nullptr;
    decltype(PQgetResult)* get_result = nullptr;
    decltype(PQresultStatus)* result_status = nullptr;
    decltype(PQresultErrorMessage)* result_error_message = nullptr;
    decltype(PQresultErrorField)* result_error_field = nullptr;
    decltype(PQerrorMessage)* error_message = nullptr;
    decltype(PQclear)* clear = nullptr;
};

const Libpq& libpq();

// The connection of a session on PostgreSQL; the session's own.
PGconn* connection_of(Session& session);

// The five letters that say what a fault was, such as "42501"; empty for a fault that carries none.
std::string sqlstate_of(const EngineFault& fault);

// Throws a fault that sqlstate_of() understands.
[[noreturn]] void report(const std::string& message, const std::string& sqlstate);

}  // namespace chr21::sql::postgresql
