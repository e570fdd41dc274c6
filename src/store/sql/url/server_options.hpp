#pragma once

#include "store/sql/url/server_url.hpp"
#include "store/sql/url/url_part.hpp"

#include <string_view>

namespace chr21::sql {

// Reads what stands behind "?" into the URL, whose other parts are there already; nothing stands
// there where it has no options.
Complaint read_options(std::string_view text, const ServerGrammar& grammar, DatabaseUrl& url);

}  // namespace chr21::sql
