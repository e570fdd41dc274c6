#pragma once

#include "gene/result.hpp"
#include "transport/http/descriptor.hpp"

#include <cstdint>
#include <string>

namespace chr21::http {

constexpr int backlog = 4096;  // the kernel takes net.core.somaxconn where that is less

// A listening TCP socket, shared by the threads of a server: a port that is in use stays an error
// (with SO_REUSEPORT two servers of one user would share it silently).
class Listener {
public:
    // `host` is an address ("::1" or "[::1]" as well) or a name; of its addresses the first that
    // belongs to this machine is taken. Port 0 takes any free one. The error names "host" or
    // "port".
    static Result<Listener> open(const std::string& host, std::uint16_t port);

    int number() const { return socket_.number(); }
    std::uint16_t port() const { return port_; }
    // "http://[::1]:8000"
    const std::string& address() const { return address_; }

    // Refuses connections from now on. Safe from any thread, more than once.
    void close() const;

private:
    Listener(Descriptor socket, std::uint16_t port, std::string address);

    Descriptor socket_;
    std::uint16_t port_;
    std::string address_;
};

}  // namespace chr21::http
