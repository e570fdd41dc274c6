#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace chr21 {

// Where the first byte stands that cannot be part of UTF-8 text (RFC 3629), from 0; absent when
// all of it is UTF-8.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// Whether every byte is below 128; such text is UTF-8.
bool is_ascii(std::string_view text);

}  // namespace chr21
