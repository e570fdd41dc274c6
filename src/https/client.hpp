#pragma once

#include "gene/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::https {

struct Field {
    std::string name;
    std::string value;
};

struct Limits {
    std::chrono::milliseconds connect{10'000};  // name, TCP, proxy and TLS; of each connection
    std::chrono::milliseconds stall{30'000};    // without stall_bytes in that time
    std::uint64_t stall_bytes = 30'000;
    std::chrono::milliseconds total{15 * 60'000};  // with all redirects
    std::uint64_t most = 1ULL << 20U;              // bytes of the body
};

// Takes the next bytes of a body.
using Sink = std::function<void(std::string_view)>;

struct Request {
    std::string method = "GET";
    std::string url = {};
    // Host, Connection, Content-Length and User-Agent are added.
    std::vector<Field> fields = {};
    std::string body = {};
    Limits limits = {};
    Sink sink = {};  // takes the body of an answer with a 2xx status; Answer::body when empty
    bool allows_loopback_http = false;  // http:// to this machine (is_loopback()) as well
};

struct Answer {
    int status = 0;
    std::vector<Field> fields = {};
    std::string body = {};  // beyond 2xx, where it explains a failure, 64 KiB at most

    // The value of the first field of this name in any case; empty when there is none.
    std::string_view field(std::string_view name) const;
};

// Sends one request over a connection of its own and waits for the whole answer, whatever its
// status. Five redirects of a GET or HEAD are followed, to https:// only; to another server go of
// the caller's fields just Accept and Range. Proxies: see find_proxy(). Certificates: see
// Wire::secure(). A body may come in chunks, by length, or up to the end of the connection; one
// that is not whole is an error. Content-Encoding is left as it is. The error's message begins with
// the URL without its secrets. Safe to call from several threads.
Result<Answer> send(const Request& request);

}  // namespace chr21::https
