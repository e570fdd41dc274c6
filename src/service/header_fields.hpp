#pragma once

#include "service/request.hpp"

#include <span>
#include <string_view>

namespace chr21::service {

// A header field that says nothing about where the request ends, whether its connection stays or
// which host it is for; those are each reader's own.
struct HeaderField {
    std::string_view name;
    std::string_view Request::* place = nullptr;  // null: no answer depends on it
};

// All that are known, the most frequent first.
std::span<const HeaderField> header_fields();

// The one of that name, ignoring case; null where it is not known.
const HeaderField* find_header_field(std::string_view name);

// Whether a Host field value can name a host: no spaces, lists or parts of a URL (RFC 9112 section
// 3.2).
bool valid_host(std::string_view value);

}  // namespace chr21::service
