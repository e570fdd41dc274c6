#pragma once

#include "store/sql/url/database_url.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace chr21::sql {

// What stands behind "postgresql://" or "mysql://"; otherwise what is wrong with it, in words that
// repeat nothing that may be part of a password.
std::expected<DatabaseUrl, std::string> parse_server_url(Engine engine, std::string_view rest);

}  // namespace chr21::sql
