#pragma once

#include "store/sql/engine/engine.hpp"
#include "store/sql/url/database_url.hpp"

#include <soci/soci.h>

namespace chr21::sql::mysql {

// How this thread's next connection is made, while the object lives.
//
// SOCI's MySQL backend can name a root certificate, but can neither insist on TLS nor have the host
// name checked. So this program has a mysql_real_connect() of its own, which the backend finds in
// front of the client library's: it sets what the URL asks for and goes on to the library's.
class ConnectOptions {
public:
    // Whoever writes may send rows in place of a file's (mysql_local_file.hpp).
    ConnectOptions(const DatabaseUrl& url, Access access);
    ~ConnectOptions();
    ConnectOptions(const ConnectOptions&) = delete;
    ConnectOptions& operator=(const ConnectOptions&) = delete;
    ConnectOptions(ConnectOptions&&) = delete;
    ConnectOptions& operator=(ConnectOptions&&) = delete;
};

// Throws StoreUnavailable when our mysql_real_connect() was not called while the ConnectOptions of
// this thread lived, or could not set what the URL asks for: nothing has been checked then.
void require_options_used();

// Whether what is said on a session is secret.
bool is_encrypted(soci::session& backend);

}  // namespace chr21::sql::mysql
