#include "https/wire.hpp"

#include "https/tls.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <system_error>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>

namespace chr21::https {
namespace {

int number_of(BIO* socket) {
    int number = -1;
    ::BIO_ctrl(socket, BIO_C_GET_FD, 0, &number);
    return number;
}

// OpenSSL's own socket writes in a way that kills the process with SIGPIPE where the other side
// has closed.
int write_without_signal(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto sent = ::send(number_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent <= 0 && ::BIO_sock_should_retry(static_cast<int>(sent)) != 0) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(sent);
}

const BIO_METHOD* socket_method() {
    static const BIO_METHOD* const method = [] {
        const auto* const socket = ::BIO_s_socket();
        auto* const made = ::BIO_meth_new(BIO_TYPE_SOCKET, "socket");
        ::BIO_meth_set_write(made, &write_without_signal);
        ::BIO_meth_set_read(made, ::BIO_meth_get_read(socket));
        ::BIO_meth_set_ctrl(made, ::BIO_meth_get_ctrl(socket));
        ::BIO_meth_set_create(made, ::BIO_meth_get_create(socket));
        ::BIO_meth_set_destroy(made, ::BIO_meth_get_destroy(socket));
        return made;
    }();
    return method;
}

// Whether the socket became ready; false when the time is over.
bool wait_for(BIO* socket, short events, Clock::time_point by) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(by - Clock::now()).count();
        pollfd waiting{.fd = number_of(socket), .events = events, .revents = 0};
        const auto most = std::clamp<std::int64_t>(left, 0, INT_MAX);
        const int ready = ::poll(&waiting, 1, static_cast<int>(most));
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

// Opens the socket; 0, or the number of the system's error.
int connect_to(BIO* socket, const addrinfo& address, Clock::time_point by) {
    const int number = ::socket(
        address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address.ai_protocol);
    if (number < 0) return errno;
    ::BIO_int_ctrl(socket, BIO_C_SET_FD, BIO_CLOSE, number);
    if (::connect(number, address.ai_addr, address.ai_addrlen) == 0) return 0;
    if (errno != EINPROGRESS) return errno;
    if (!wait_for(socket, POLLOUT, by)) return ETIMEDOUT;
    int error = 0;
    socklen_t size = sizeof(error);
    ::getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

constexpr int wants_read = -1;
constexpr int wants_write = -2;
constexpr int has_failed = -3;

}  // namespace

Outcome<Wire> Wire::connect(const Url& where, Clock::time_point by) {
    const auto addresses = find_addresses(where.host, where.port, by);
    if (!addresses) return std::unexpected(addresses.error());
    int count = 0;
    for (const auto* one = addresses->get(); one != nullptr; one = one->ai_next) ++count;
    int error = 0;
    for (const auto* one = addresses->get(); one != nullptr; one = one->ai_next, --count) {
        Wire wire(::BIO_new(socket_method()));
        // One that does not answer leaves time for those after it.
        const auto now = Clock::now();
        error = connect_to(wire.socket_.get(), *one, now + (by - now) / count);
        if (error == 0) return wire;
    }
    return failed("Couldn't connect to " + authority_of(where) + ": " +
                  std::generic_category().message(error));
}

template <class Step>
Outcome<int> Wire::repeat(const Step& step, Clock::time_point by, std::string_view what) {
    while (Clock::now() < by) {
        ::ERR_clear_error();
        const int outcome = step();
        if (outcome > 0) return outcome;
        const int why = why_not(outcome);
        if (why == 0 || why == has_failed) return why;
        if (!wait_for(socket_.get(), why == wants_read ? POLLIN : POLLOUT, by)) break;
    }
    return failed("Timeout was reached: " + std::string(what) + " took too long");
}

// 0 at the end of the stream, or one of the numbers above.
int Wire::why_not(int outcome) const {
    if (!tls_) {
        if (BIO_should_read(socket_.get())) return wants_read;
        if (BIO_should_write(socket_.get())) return wants_write;
        return outcome == 0 ? 0 : has_failed;
    }
    switch (::SSL_get_error(tls_.get(), outcome)) {
        case SSL_ERROR_WANT_READ:
            return wants_read;
        case SSL_ERROR_WANT_WRITE:
            return wants_write;
        case SSL_ERROR_ZERO_RETURN:
            return 0;
        default:
            return has_failed;
    }
}

Outcome<void> Wire::secure(const std::string& host, Clock::time_point by) {
    const auto context = make_tls_context();
    if (!context) return std::unexpected(context.error());
    tls_.reset(::SSL_new(context->get()));
    if (!tls_ || !expect_host(tls_.get(), host)) return failed("TLS cannot be begun");
    ::BIO_up_ref(socket_.get());
    ::SSL_set_bio(tls_.get(), socket_.get(), socket_.get());
    const auto done = repeat([&] { return ::SSL_connect(tls_.get()); }, by, "the TLS handshake");
    if (!done) return std::unexpected(done.error());
    if (*done > 0) return {};
    return failed(why_no_tls(tls_.get()));
}

Outcome<void> Wire::write(std::string_view bytes, Clock::time_point by) {
    while (!bytes.empty()) {
        const auto size = static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX));
        const auto done = repeat(
            [&] {
                return tls_ ? ::SSL_write(tls_.get(), bytes.data(), size)
                            : ::BIO_write(socket_.get(), bytes.data(), size);
            },
            by,
            "sending the request");
        if (!done) return std::unexpected(done.error());
        if (*done <= 0) return failed("Failed sending data to the peer");
        bytes.remove_prefix(static_cast<std::size_t>(*done));
    }
    return {};
}

Outcome<std::size_t> Wire::read(std::span<char> into, Clock::time_point by) {
    const auto size = static_cast<int>(std::min<std::size_t>(into.size(), INT_MAX));
    const auto done = repeat(
        [&] {
            return tls_ ? ::SSL_read(tls_.get(), into.data(), size)
                        : ::BIO_read(socket_.get(), into.data(), size);
        },
        by,
        "the answer");
    if (!done) return std::unexpected(done.error());
    if (*done >= 0) return static_cast<std::size_t>(*done);
    return failed("Failure when receiving data from the peer: the connection was cut");
}

}  // namespace chr21::https
