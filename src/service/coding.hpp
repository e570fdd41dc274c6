#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace chr21::service {

enum class Coding : std::uint8_t { identity, gzip, brotli };

// "identity", "gzip", "br"
std::string_view to_text(Coding coding);

// The bytes in that coding, deterministic for the same input.
std::string encode(Coding coding, std::string_view bytes);

// The original of a gzip member that we built in. Throws std::runtime_error when it is damaged.
std::string gunzip(std::string_view bytes);

}  // namespace chr21::service
