#pragma once

#include "store/sql/engine/backend.hpp"
#include "store/sql/engine/client_library.hpp"
#include "store/sql/engine/session.hpp"

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <mysql.h>

namespace chr21::sql::mysql {

struct Libmariadb : ClientLibrary {
    Libmariadb() : ClientLibrary("MySQL", "libmariadb.so.3", "libmariadb3") {
        begin(0, nullptr, nullptr);
    }

    decltype(mysql_server_init)* begin = function("mysql_server_init");
    decltype(mysql_init)* init = function("mysql_init");
    decltype(mysql_options)* set_option = function("mysql_options");
    decltype(mysql_real_connect)* connect = function("mysql_real_connect");
    decltype(mysql_close)* close = function("mysql_close");
    decltype(mysql_get_ssl_cipher)* cipher = function("mysql_get_ssl_cipher");
    decltype(mysql_errno)* error_number = function("mysql_errno");
    decltype(mysql_error)* error_message = function("mysql_error");
    decltype(mysql_get_socket)* socket = function("mysql_get_socket");
    decltype(mysql_send_query)* send = function("mysql_send_query");
    decltype(mysql_read_query_result)* read_result = function("mysql_read_query_result");
    decltype(mysql_use_result)* use_result = function("mysql_use_result");
    decltype(mysql_fetch_row)* fetch_row = function("mysql_fetch_row");
    decltype(mysql_fetch_lengths)* fetch_lengths = function("mysql_fetch_lengths");
    decltype(mysql_free_result)* free_result = function("mysql_free_result");
    decltype(mysql_warning_count)* warning_count = function("mysql_warning_count");
    decltype(mysql_affected_rows)* affected_rows = function("mysql_affected_rows");
    decltype(mysql_set_local_infile_handler)* set_local_infile_handler =
        function("mysql_set_local_infile_handler");
};

// Throws StoreUnavailable where it cannot be loaded.
const Libmariadb& libmariadb();

// A connection to a server.
class MysqlBackend final : public Backend {
public:
    // Throws StoreUnavailable where the connection would not be as secret as the URL wants it.
    // Whoever writes may send rows in place of a file's (mysql_local_file.hpp).
    MysqlBackend(const DatabaseUrl& url, Access access);

    void run(const std::string& statement) override;
    std::unique_ptr<Rows> ask(const Sql& sql) override;

    MYSQL* connection() const { return connection_.get(); }

private:
    struct Close {
        void operator()(MYSQL* connection) const { libmariadb().close(connection); }
    };

    void set(mysql_option option, const void* value) const;
    void set_options(const DatabaseUrl& url, Access access);
    void execute(const std::string& statement);

    std::unique_ptr<MYSQL, Close> connection_;
    std::chrono::seconds most_;  // that a statement of a request may take
};

// The session's own.
inline MysqlBackend& backend_of(Session& session) {
    return static_cast<MysqlBackend&>(session.backend());
}

// Of the connection's last call.
EngineFault last_fault(MYSQL* connection);

// Adds a text in quotes, as every sql_mode that our connections set reads them.
void add_quoted(std::string& statement, std::string_view text);

// "dataset_id, term"
std::string comma_list(std::span<const std::string_view> columns);

}  // namespace chr21::sql::mysql
