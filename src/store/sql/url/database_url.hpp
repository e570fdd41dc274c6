#pragma once

#include "gene/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace chr21::sql {

enum class EngineKind : std::uint8_t { sqlite, postgresql, mysql };

// How a server's connection is kept secret and how its certificate is checked, weakest first, as
// libpq means the words.
enum class Tls : std::uint8_t {
    disable,
    prefer,      // secret where the server can, checked by nothing
    require,     // secret or not at all
    verify_ca,   // signed by the root certificate
    verify_full  // signed by it, for the host's name
};

// A place that datasets live in, named as a DATABASE_URL names it. A SQLite file has a path and
// nothing else; a server has everything else and no path.
struct DatabaseUrl {
    std::string path = {};
    EngineKind engine = EngineKind::sqlite;
    std::string host = {};    // a name or an address; empty: a socket of this machine
    std::uint16_t port = 0;   // PostgreSQL: of the socket too; MySQL: 0 without a host
    std::string socket = {};  // PostgreSQL: its directory; MySQL: its path; empty: the engine's own
    std::string user = {};
    std::string password = {};
    std::string database = {};
    Tls tls = Tls::prefer;
    std::string root_certificate = {};  // path of a PEM file
    std::chrono::seconds connect_timeout{5};
    std::chrono::seconds statement_timeout{5};

    friend bool operator==(const DatabaseUrl&, const DatabaseUrl&) = default;
};

// "sqlite:///relative/path", "sqlite:////absolute/path" and
// "postgresql://user:password@host:port/database?option=value&...", also as postgres://,
// postgresql+psycopg2://, mysql://, mysql+pymysql:// and mariadb://; each part percent-decoded. An
// option that is not known is refused. The error says which forms are allowed, and never repeats a
// password.
Result<DatabaseUrl> parse_database_url(std::string_view text);

// Whether datasets live in a file, which this program makes and keeps up to date by itself.
bool is_file(const DatabaseUrl& url);

// The path of the file, or "postgresql://user@host:5432/database": never a password.
std::string describe(const DatabaseUrl& url);

}  // namespace chr21::sql
