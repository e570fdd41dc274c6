#pragma once

#include "gene/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::service {

// One name=value of a query as it was sent. `value` is absent where there was no "=".
struct QueryPart {
    std::string_view name;
    std::optional<std::string_view> value;
};

// The two parts of a request target, still encoded: "/genes" and "page=2" of "/genes?page=2".
struct Target {
    std::string_view path;
    std::string_view query;
};
Target split_target(std::string_view target);

// The parts between which any of `separators` stands, but those that are empty.
std::vector<QueryPart> split_query(std::string_view query, std::string_view separators = "&");

enum class Plus : bool { stays, is_space };

// Percent-decoded text (RFC 3986 section 2.1); in a query "+" is a space, as forms send it.
// The error is a message only: a "%" without two hexadecimal digits, a NUL, or bytes that are not
// UTF-8.
std::expected<std::string, std::string_view> percent_decode(std::string_view text, Plus plus);

}  // namespace chr21::service
