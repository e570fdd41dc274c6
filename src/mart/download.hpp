#pragma once

#include "gene/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace chr21::mart {

bool is_url(std::string_view where);

// What may be shown of a URL: scheme, host, port and path, without a user's name and password and
// without the query, which in a presigned URL is a key to the file.
std::string without_secrets(std::string_view url);

// Refuses what download() does not do: other schemes than https, except http to this machine
// (localhost, 127.0.0.0/8, [::1]), and characters that have no place in a URL.
Result<void> check_url(const std::string& url);

// What an https:// URL answers with status 200. Redirects are followed to https only. Gives up
// after 10 s without a connection, after 30 s with less than 1 kB/s, after 15 min, and beyond
// `most` bytes. The certificate must be of an authority of the system, or of the file that
// SSL_CERT_FILE names. libcurl is loaded when it is needed. The error shows no secret.
Result<std::string> download(const std::string& url, std::uint64_t most);

}  // namespace chr21::mart
