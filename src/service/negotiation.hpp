#pragma once

#include "service/coding.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace chr21::service {

// Which of `offered` media types an Accept header prefers (RFC 9110 section 12.5.1): the highest
// q, then the most specific range, then the earliest offered. An empty header accepts the
// first. Absent: none of them is acceptable. The result is an index into `offered`.
std::optional<std::size_t> choose_media_type(std::string_view accept,
                                             std::span<const std::string_view> offered);

// Which content coding an Accept-Encoding header prefers (RFC 9110 section 12.5.3): the highest
// q, and of equals brotli, then gzip, then identity. Absent: the header refuses even identity.
std::optional<Coding> choose_coding(std::string_view accept_encoding);

}  // namespace chr21::service
