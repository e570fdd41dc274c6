#pragma once

#include "store/sql/engine/engine.hpp"
#include "store/sql/url/database_url.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace chr21::testing {

// For names of tests.
inline std::string_view name_of(sql::EngineKind kind) { return sql::engine_of(kind).name(); }

// Real servers, started when first asked for and stopped when the test program ends. They listen on
// 127.0.0.1 and a socket, speak TLS with a certificate for "localhost", and know one user.

// Why there is no server of this engine on this machine, naming the package; empty where there is.
std::string missing_server(sql::EngineKind engine);

// The URL of a new, empty database on the engine's server. For SQLite, of a file that is not there.
sql::DatabaseUrl new_database(sql::EngineKind engine);

// Likewise, with the tables of this program.
sql::DatabaseUrl new_database_with_schema(sql::EngineKind engine);

// Another URL of the same database: with all rights, through the socket.
sql::DatabaseUrl as_administrator(sql::DatabaseUrl url);

// PEM files: the root of the server's certificate, and one that has signed none.
std::string root_certificate(sql::EngineKind engine);
std::string other_root_certificate(sql::EngineKind engine);

// The URL of a database on a MariaDB server without TLS, as administrator.
sql::DatabaseUrl mariadb_without_tls();

// Runs SQL behind our back.
void run_sql(const sql::DatabaseUrl& url, const std::string& sql);
std::int64_t read_number(const sql::DatabaseUrl& url, const std::string& sql);

}  // namespace chr21::testing

// At the beginning of a test.
#define CHR21_NEEDS_SERVER(engine)                                                       \
    if (const auto missing = ::chr21::testing::missing_server(engine); !missing.empty()) \
    GTEST_SKIP() << missing
