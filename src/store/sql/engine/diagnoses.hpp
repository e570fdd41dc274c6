#pragma once

#include <string_view>

// What goes wrong on servers of every engine, and what to do about it: each the end of a sentence
// that began with describe(url).
namespace chr21::sql::diagnoses {

inline constexpr std::string_view refused =
    "refused the user or the password; correct them in the database URL";
inline constexpr std::string_view no_database =
    "there is no such database on this server; make it, or name another";
inline constexpr std::string_view no_permission =
    "this user lacks a permission there; grant it as docs/operations.md says, or use another user";
inline constexpr std::string_view no_table = "lacks a table; run `chr21 migrate up`";
inline constexpr std::string_view locked =
    "another program is writing to it, also after 5 seconds; try again when that is done";
inline constexpr std::string_view too_slow =
    "did not answer a statement within statement_timeout; raise it, or look for what keeps the "
    "server busy";
inline constexpr std::string_view full = "cannot grow: the disk is full; make room";
inline constexpr std::string_view read_only = "is read-only; name the server that takes writes";
inline constexpr std::string_view crowded =
    "has no connection left; raise its max_connections, or end other clients";
inline constexpr std::string_view lost =
    "the connection was lost; try again when the server can be reached";

inline constexpr std::string_view no_tls = "does not speak TLS; turn it on there, or lower sslmode";
inline constexpr std::string_view other_host =
    "its certificate is for another host name; name the host as the certificate does";
inline constexpr std::string_view no_host = "there is no host of that name; correct the host";
inline constexpr std::string_view nothing_listens =
    "nothing listens there; correct host and port, or start the server";
inline constexpr std::string_view no_answer =
    "did not answer within connect_timeout; check host, port and firewall";
inline constexpr std::string_view no_way =
    "there is no way to that address; check host and network";

}  // namespace chr21::sql::diagnoses
