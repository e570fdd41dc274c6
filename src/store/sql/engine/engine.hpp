#pragma once

#include "store/sql/engine/connection.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <soci/soci.h>

// What differs between the engines. `diagnosis` says what a fault means and what to do about it, as
// the end of a sentence that began with describe(url).
namespace chr21::sql {

// How long a writer waits for another.
constexpr int lock_wait_seconds = 5;

constexpr std::string_view elsewhere = "another --database-url";

namespace sqlite {

void connect(soci::session& session, const DatabaseUrl& url, Access access);
bool is_read_only(soci::session& session);
void begin(soci::session& session, Transaction::Kind kind);
std::string diagnosis(const soci::soci_error& fault, const DatabaseUrl& url);

}  // namespace sqlite

namespace postgresql {

void connect(soci::session& session, const DatabaseUrl& url);
bool is_read_only(soci::session& session);
void begin(soci::session& session, const DatabaseUrl& url, Transaction::Kind kind);
// Sets an end to a transaction that reads, for libpq would wait for a silent server for ever.
void limit(std::optional<Deadline>& deadline,
           soci::session& session,
           const DatabaseUrl& url,
           Transaction::Kind kind);
std::string diagnosis(const soci::soci_error& fault, const DatabaseUrl& url);

}  // namespace postgresql

namespace mysql {

void connect(soci::session& session, const DatabaseUrl& url, Access access);
bool is_read_only(soci::session& session);
void begin(soci::session& session, const DatabaseUrl& url, Transaction::Kind kind);
// What the end of a transaction does not undo.
void after(soci::session& session, const DatabaseUrl& url, Transaction::Kind kind);
std::string diagnosis(const soci::soci_error& fault, const DatabaseUrl& url);
// What an ALTER TABLE was to drop is not there.
bool is_dropped_already(const soci::soci_error& fault);

}  // namespace mysql

}  // namespace chr21::sql
