#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace chr21::service {

struct ServiceOptions {
    std::string cors_origin = "*";  // Access-Control-Allow-Origin; empty sends no CORS headers
    std::string cache_control = "public, max-age=3600";  // on answers that the dataset decides
    // On answers to requests that name their dataset.
    std::string pinned_cache_control = "public, max-age=31536000, immutable";
    std::string version;  // of the program, part of every ETag
    // The text of all counts, for Prometheus; where it is null, /metrics is 404.
    std::function<std::string()> metrics;
    std::size_t body_limit = 1 << 20;  // bytes
    // From a request read to its answer made, with all that the store is asked for it; then 503.
    // Absent: for ever.
    std::optional<std::chrono::milliseconds> request_deadline = {};
};

}  // namespace chr21::service
