#pragma once

#include "store/sql/engine/backend_library.hpp"
#include "store/sql/engine/session.hpp"

#include <span>
#include <string>
#include <string_view>

#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>

namespace chr21::sql::mysql {

// What SOCI does not offer of the client library, which open_session() has loaded.
struct Client {
    template <class Function>
    static Function* find(const char* name) {
        return find_function_as<Function>(EngineKind::mysql, name);
    }

    decltype(mysql_real_query)* query = find<decltype(mysql_real_query)>("mysql_real_query");
    decltype(mysql_errno)* error_number = find<decltype(mysql_errno)>("mysql_errno");
    decltype(mysql_error)* error_message = find<decltype(mysql_error)>("mysql_error");
    decltype(mysql_warning_count)* warning_count =
        find<decltype(mysql_warning_count)>("mysql_warning_count");
    decltype(mysql_affected_rows)* affected_rows =
        find<decltype(mysql_affected_rows)>("mysql_affected_rows");
    decltype(mysql_set_local_infile_handler)* set_local_infile_handler =
        find<decltype(mysql_set_local_infile_handler)>("mysql_set_local_infile_handler");
};

inline const Client& client() {
    static const Client functions;
    return functions;
}

inline MYSQL* connection_of(soci::session& backend) {
    // static_cast: the class's type information is in the library, which is not linked.
    return static_cast<soci::mysql_session_backend*>(backend.get_backend())->conn_;
}

inline MYSQL* connection_of(Session& session) { return connection_of(session.backend()); }

// Of the connection's last call.
inline soci::mysql_soci_error last_error(MYSQL* connection) {
    return {client().error_message(connection),
            static_cast<int>(client().error_number(connection))};
}

// "dataset_id, term"
inline std::string comma_list(std::span<const std::string_view> columns) {
    std::string names;
    for (const auto column : columns) names.append(names.empty() ? "" : ", ").append(column);
    return names;
}

}  // namespace chr21::sql::mysql
