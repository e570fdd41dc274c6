#pragma once

#include "service/body_source.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace chr21::service {

enum class Coding : std::uint8_t { identity, gzip, brotli };

// "identity", "gzip", "br"
std::string_view to_text(Coding coding);

// The bytes in that coding, deterministic for the same input.
std::string encode(Coding coding, std::string_view bytes);

// The pieces of `source` as one stream in that coding, deterministic for the same pieces. At the
// coding's fastest level, since so much is made while a client waits.
std::unique_ptr<BodySource> encode(Coding coding, std::unique_ptr<BodySource> source);

// The original of a gzip member that we built in. Throws std::runtime_error when it is damaged.
std::string gunzip(std::string_view bytes);

}  // namespace chr21::service
