#include "transport/http/listener.hpp"

#include <array>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace chr21::http {
namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

std::string without_brackets(const std::string& host) {
    if (host.size() > 2 && host.starts_with('[') && host.ends_with(']')) {
        return host.substr(1, host.size() - 2);
    }
    return host;
}

std::string host_and_port(const std::string& host, std::uint16_t port) {
    const bool bare_ipv6 = host.contains(':') && !host.starts_with('[');
    return (bare_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<Addresses> resolve(const std::string& host, std::uint16_t port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int failure = ::getaddrinfo(
        without_brackets(host).c_str(), std::to_string(port).c_str(), &wanted, &found);
    if (host.empty() || failure != 0) {
        const std::string reason = host.empty() ? "it is empty" : ::gai_strerror(failure);
        return fault("host",
                     host,
                     "no address is known for it (" + reason +
                         "); give an IP address such as 127.0.0.1, or a name that resolves");
    }
    return Addresses(found, &::freeaddrinfo);
}

bool set_option(int socket, int level, int name, int value) {
    return ::setsockopt(socket, level, name, &value, sizeof value) == 0;
}

// A socket that listens on `address`; closed, with errno set, when that cannot be.
Descriptor listen_on(const addrinfo& address) {
    Descriptor socket(
        ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
    // Accepted sockets inherit TCP_NODELAY. "::" takes IPv4 as well.
    const bool listens = socket.open() &&
                         set_option(socket.number(), SOL_SOCKET, SO_REUSEADDR, 1) &&
                         set_option(socket.number(), IPPROTO_TCP, TCP_NODELAY, 1) &&
                         (address.ai_family != AF_INET6 ||
                          set_option(socket.number(), IPPROTO_IPV6, IPV6_V6ONLY, 0)) &&
                         ::bind(socket.number(), address.ai_addr, address.ai_addrlen) == 0 &&
                         ::listen(socket.number(), backlog) == 0;
    // Nor is the kernel to keep much for a slow reader: it counts in a container, and not here.
    constexpr int most_unsent = 128 * 1024;
    if (listens) set_option(socket.number(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, most_unsent);
    return listens ? std::move(socket) : Descriptor();
}

std::unexpected<Error> why_not(int error, const std::string& host, std::uint16_t port) {
    const auto place = host_and_port(host, port);
    switch (error) {
        case EADDRINUSE:
            return fault("port",
                         std::to_string(port),
                         place +
                             " is in use by another program; stop that one or choose another "
                             "port (0 takes any free one)");
        case EACCES:
            return fault(
                "port",
                std::to_string(port),
                place + " may not be listened on by this user; choose a port from 1024 on");
        case EADDRNOTAVAIL:
            return fault("host",
                         host,
                         host +
                             " is not an address of this machine; 127.0.0.1 serves this machine "
                             "alone, 0.0.0.0 and :: serve every network it is on");
        default:
            return fault(
                "host",
                host,
                "cannot listen on " + place + ": " + std::generic_category().message(error));
    }
}

}  // namespace

Listener::Listener(Descriptor socket, std::uint16_t port, std::string address)
    : socket_(std::move(socket)), port_(port), address_(std::move(address)) {}

Result<Listener> Listener::open(const std::string& host, std::uint16_t port) {
    const auto addresses = resolve(host, port);
    if (!addresses) return std::unexpected(addresses.error());
    int error = EADDRNOTAVAIL;
    for (const auto* address = addresses->get(); address != nullptr; address = address->ai_next) {
        auto socket = listen_on(*address);
        if (!socket.open()) {
            error = errno;
            if (error == EADDRINUSE) break;
            continue;
        }
        sockaddr_storage taken{};
        socklen_t size = sizeof taken;
        auto* const name = reinterpret_cast<sockaddr*>(&taken);
        std::array<char, NI_MAXHOST> numeric{};
        std::array<char, NI_MAXSERV> service{};
        if (::getsockname(socket.number(), name, &size) != 0 ||
            ::getnameinfo(name,
                          size,
                          numeric.data(),
                          numeric.size(),
                          service.data(),
                          service.size(),
                          NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
            error = errno;
            continue;
        }
        const auto bound = static_cast<std::uint16_t>(std::stoul(service.data()));
        return Listener(std::move(socket), bound, "http://" + host_and_port(numeric.data(), bound));
    }
    return why_not(error, host, port);
}

void Listener::close() const { ::shutdown(socket_.number(), SHUT_RDWR); }

}  // namespace chr21::http
