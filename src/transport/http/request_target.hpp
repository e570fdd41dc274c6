#pragma once

#include <forward_list>
#include <optional>
#include <string>
#include <string_view>

namespace chr21::http {

struct TargetForm {
    std::string_view path_and_query;  // "/genes?page=2"
    std::string_view authority = {};  // "host:8000" of "http://host:8000/genes?page=2"
};

// The parts of a request target (RFC 9112 section 3.2) that begins with a slash or is a URL. "*" is
// one for OPTIONS alone; CONNECT's "host:port" stays as it is. Absent when the target has none of
// these forms. Text that has to be made goes to `texts`.
std::optional<TargetForm> split_at_authority(std::string_view method,
                                             std::string_view target,
                                             std::forward_list<std::string>& texts);

}  // namespace chr21::http
