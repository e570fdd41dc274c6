#pragma once

#include "store/sql/url/database_url.hpp"

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace chr21::sql {

// What differs between the URLs of servers.
struct ServerGrammar {
    EngineKind engine = EngineKind::postgresql;
    std::string_view scheme = {};  // as describe() writes it, with "://"
    std::uint16_t port = 0;        // where none is said
    bool port_names_socket = false;
    std::string_view socket_option = {};
    std::string_view root_option = {};  // of the root certificate
    std::span<const std::string_view> own_options = {};
};

// Null for an engine whose databases are files.
const ServerGrammar* grammar_of(EngineKind engine);

// What stands behind "postgresql://" or "mysql://"; otherwise what is wrong with it, in words that
// repeat nothing that may be part of a password.
std::expected<DatabaseUrl, std::string> parse_server_url(const ServerGrammar& grammar,
                                                         std::string_view rest);

}  // namespace chr21::sql
