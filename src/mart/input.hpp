#pragma once

#include "gene/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace chr21::mart {

// The bytes of an export, ready for read_export().
struct Input {
    std::string bytes;   // inflated, where it was gzip
    std::string sha256;  // of the bytes as they were given, 64 hexadecimal digits
    std::string name;    // of the file, without folders; "standard input"
};

// The SHA-256 digest in 64 hexadecimal digits.
std::string sha256_of(std::string_view bytes);

// The most bytes to take in.
struct InputLimits {
    std::uint64_t given = 1ULL << 30U;     // as they are stored or sent
    std::uint64_t inflated = 4ULL << 30U;  // after gzip
};

// Reads a file, standard input ("-"), or what an https:// URL answers (see download()). gzip is
// known by its bytes and inflated, with each of its members. The error, about "export", says in one
// line what cannot be read and why; the query of a URL, which may be a signature, is not in it.
Result<Input> read_input(const std::string& where, const InputLimits& limits = {});

}  // namespace chr21::mart
