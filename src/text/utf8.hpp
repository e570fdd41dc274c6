#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace chr21 {

// Where the first byte stands that cannot be part of UTF-8 text (RFC 3629), from 0; absent when
// all of it is UTF-8.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// How many characters UTF-8 text has.
std::size_t count_characters(std::string_view text);

// The longest beginning of at most `bytes` bytes that ends where a character does.
std::string_view first_characters(std::string_view text, std::size_t bytes);

// Whether every byte is below 128; such text is UTF-8.
bool is_ascii(std::string_view text);

}  // namespace chr21
