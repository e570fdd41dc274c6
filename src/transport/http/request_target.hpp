#pragma once

#include <forward_list>
#include <optional>
#include <string>
#include <string_view>

namespace chr21::http {

// The path and query of a request target (RFC 9112 section 3.2): "/genes?page=2" from itself and
// from "http://host/genes?page=2". "*" is one for OPTIONS alone; CONNECT's "host:port" stays as it
// is. Absent when the target has none of these forms. Text that has to be made goes to `texts`.
std::optional<std::string_view> path_and_query(std::string_view method,
                                               std::string_view target,
                                               std::forward_list<std::string>& texts);

// Whether a Host field value can name a host: no spaces, lists or parts of a URL (section 3.2).
bool valid_host(std::string_view value);

}  // namespace chr21::http
