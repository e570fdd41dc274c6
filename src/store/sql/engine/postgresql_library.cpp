#include "store/sql/engine/postgresql_library.hpp"

#include "store/sql/engine/backend_library.hpp"

#include <soci/postgresql/soci-postgresql.h>

namespace chr21::sql::postgresql {
namespace {

// A fault of a call that went past SOCI.
class DirectFault : public EngineFault {
public:
    DirectFault(const std::string& message, std::string sqlstate)
        : EngineFault(message), sqlstate_(std::move(sqlstate)) {}

    const std::string& sqlstate() const { return sqlstate_; }

private:
    std::string sqlstate_;
};

template <class Function>
Function* find(const char* name) {
    return find_function_as<Function>(EngineKind::postgresql, name);
}

}  // namespace

const Libpq& libpq() {
    static const Libpq functions{
        .socket = find<decltype(PQsocket)>("PQsocket"),
        .exec = find<decltype(PQexec)>("PQexec"),
        .put_copy_data = find<decltype(PQputCopyData)>("PQputCopyData"),
        .put_copy_end = find<decltype(PQputCopyEnd)>("PQputCopyEnd"),
        .get_result = find<decltype(PQgetResult)>("PQgetResult"),
        .result_status = find<decltype(PQresultStatus)>("PQresultStatus"),
        .result_error_message = find<decltype(PQresultErrorMessage)>("PQresultErrorMessage"),
        .result_error_field = find<decltype(PQresultErrorField)>("PQresultErrorField"),
        .error_message = find<decltype(PQerrorMessage)>("PQerrorMessage"),
        .clear = find<decltype(PQclear)>("PQclear")};
    return functions;
}

PGconn* connection_of(Session& session) {
    // static_cast: the class's type information is in the library, which is not linked.
    return static_cast<soci::postgresql_session_backend*>(session.backend().get_backend())->conn_;
}

std::string sqlstate_of(const EngineFault& fault) {
    if (const auto* const direct = dynamic_cast<const DirectFault*>(&fault)) {
        return direct->sqlstate();
    }
    const auto* const named = dynamic_cast<const soci::postgresql_soci_error*>(&fault);
    if (named == nullptr) return {};
    // A member function that is defined in the library, under its name there.
    using Sqlstate = std::string(const soci::postgresql_soci_error*);
    static auto* const sqlstate =
        find<Sqlstate>("_ZNK4soci21postgresql_soci_error8sqlstateB5cxx11Ev");
    return sqlstate(named);
}

void report(const std::string& message, const std::string& sqlstate) {
    throw DirectFault(message, sqlstate);
}

}  // namespace chr21::sql::postgresql
