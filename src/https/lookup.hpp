#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <string>

#include <netdb.h>

namespace chr21::https {

using Clock = std::chrono::steady_clock;

// What came of one step, or why it failed: words that follow a URL, without a full stop.
template <class Value>
using Outcome = std::expected<Value, std::string>;

inline std::unexpected<std::string> failed(std::string why) {
    return std::unexpected("cannot be read: " + std::move(why));
}

struct FreeAddresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

// The addresses of a host for TCP, of a name or a number, asked of the system's resolver on a
// thread of its own: that may wait longer than we do.
Outcome<Addresses> find_addresses(const std::string& host,
                                  const std::string& port,
                                  Clock::time_point by);

}  // namespace chr21::https
