#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chr21::api {

// Which of `offered` media types an Accept header prefers (RFC 9110 section 12.5.1): the highest
// q, then the most specific range, then the earliest offered. An empty header accepts the
// first. Absent: none of them is acceptable. The result is an index into `offered`.
std::optional<std::size_t> choose_media_type(std::string_view accept,
                                             std::span<const std::string_view> offered);

enum class Coding : std::uint8_t { identity, gzip, brotli };

// Which content coding an Accept-Encoding header prefers (RFC 9110 section 12.5.3): the highest
// q, and of equals brotli, then gzip, then identity. Absent: the header refuses even identity.
std::optional<Coding> choose_coding(std::string_view accept_encoding);

// "identity", "gzip", "br"
std::string_view to_text(Coding coding);

// The bytes in that coding, deterministic for the same input.
std::string encode(Coding coding, std::string_view bytes);

// The original of a gzip member that we built in. Throws std::runtime_error when it is damaged.
std::string gunzip(std::string_view bytes);

}  // namespace chr21::api
