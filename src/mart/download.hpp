#pragma once

#include "gene/result.hpp"

#include <cstdint>
#include <string>

namespace chr21::mart {

// Refuses what download() does not do: other schemes than https, except http to this machine
// (localhost, 127.0.0.0/8, [::1]), and characters that have no place in a URL.
Result<void> check_url(const std::string& url);

// What an https:// URL answers with status 200. Redirects are followed to https only. Gives up
// after 10 s without a connection, after 30 s with less than 1 kB/s, after 15 min, and beyond
// `most` bytes. The certificate must be of an authority of the system, or of the file that
// SSL_CERT_FILE names. The error shows no secret.
Result<std::string> download(const std::string& url, std::uint64_t most);

}  // namespace chr21::mart
