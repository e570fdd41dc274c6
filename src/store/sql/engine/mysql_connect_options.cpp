#include "store/sql/engine/mysql_connect_options.hpp"

#include "store/gene_store.hpp"
#include "store/sql/engine/backend_library.hpp"
#include "store/sql/engine/mysql_client.hpp"
#include "store/sql/engine/mysql_local_file.hpp"

namespace chr21::sql::mysql {
namespace {

struct Wanted {
    const DatabaseUrl* url = nullptr;
    Access access = Access::read_only;
    bool was_set = false;
};

template <class Function>
Function* find(const char* name) {
    return find_function_as<Function>(EngineKind::mysql, name);
}

thread_local Wanted wanted;

// Without this, the library takes "localhost" for the engine's own socket, whatever the port is.
bool set_protocol(MYSQL* connection, const DatabaseUrl& url) {
    if (url.host.empty()) return true;
    const unsigned protocol = MYSQL_PROTOCOL_TCP;
    return find<decltype(mysql_options)>("mysql_options")(
               connection, MYSQL_OPT_PROTOCOL, &protocol) == 0;
}

// False where the library does not know an option.
bool set_tls(MYSQL* connection, const DatabaseUrl& url) {
    auto* const set_option = find<decltype(mysql_options)>("mysql_options");
    const char* const root = url.root_certificate.empty() ? nullptr : url.root_certificate.c_str();
    if (root != nullptr && set_option(connection, MYSQL_OPT_SSL_CA, root) != 0) return false;
#ifdef MARIADB_BASE_VERSION
    const my_bool use = url.tls == Tls::disable ? 0 : 1;
    const my_bool check_name = url.tls == Tls::verify_full ? 1 : 0;
    return set_option(connection, MYSQL_OPT_SSL_ENFORCE, &use) == 0 &&
           set_option(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &check_name) == 0;
#else
    unsigned mode = SSL_MODE_DISABLED;
    if (url.tls == Tls::prefer) mode = SSL_MODE_PREFERRED;
    if (url.tls == Tls::require) mode = SSL_MODE_REQUIRED;
    if (url.tls == Tls::verify_ca) mode = SSL_MODE_VERIFY_CA;
    if (url.tls == Tls::verify_full) mode = SSL_MODE_VERIFY_IDENTITY;
    return set_option(connection, MYSQL_OPT_SSL_MODE, &mode) == 0;
#endif
}

bool set_local_files(MYSQL* connection, Access access) {
    const unsigned allowed = access == Access::read_write ? 1 : 0;
    send_no_files(connection);
    return find<decltype(mysql_options)>("mysql_options")(
               connection, MYSQL_OPT_LOCAL_INFILE, &allowed) == 0;
}

bool set_wanted_options(MYSQL* connection) {
    if (wanted.url == nullptr) return true;
    wanted.was_set = set_protocol(connection, *wanted.url) && set_tls(connection, *wanted.url) &&
                     set_local_files(connection, wanted.access);
    return wanted.was_set;
}

}  // namespace

ConnectOptions::ConnectOptions(const DatabaseUrl& url, Access access) {
    wanted = {.url = &url, .access = access};
}

ConnectOptions::~ConnectOptions() { wanted = {}; }

void require_options_used() {
    if (wanted.was_set) return;
    throw StoreUnavailable(describe(*wanted.url) +
                           ": this build cannot set up TLS as asked, so no connection was made");
}

bool is_encrypted(soci::session& backend) {
    return find<decltype(mysql_get_ssl_cipher)>("mysql_get_ssl_cipher")(connection_of(backend)) !=
           nullptr;
}

}  // namespace chr21::sql::mysql

// Stands in front of the client library's function of this name.
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the library's are cut short.
extern "C" MYSQL* STDCALL mysql_real_connect(MYSQL* connection,
                                             const char* host,
                                             const char* user,
                                             const char* password,
                                             const char* database,
                                             unsigned port,
                                             const char* socket,
                                             unsigned long flags) {
    using chr21::sql::EngineKind;
    if (!chr21::sql::mysql::set_wanted_options(connection)) return nullptr;
    static auto* const connect = chr21::sql::find_function_as<decltype(mysql_real_connect)>(
        EngineKind::mysql, "mysql_real_connect");
    return connect(connection, host, user, password, database, port, socket, flags);
}
