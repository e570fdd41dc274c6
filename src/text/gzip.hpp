#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace chr21::text {

bool is_gzip(std::string_view bytes);

// The text of all members one after another. The error says what is wrong: cut off, damaged,
// followed by other bytes (NUL bytes do not count), or longer than `most` bytes.
std::expected<std::string, std::string> inflate_gzip(std::string_view bytes, std::uint64_t most);

}  // namespace chr21::text
