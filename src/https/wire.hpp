#pragma once

#include "https/lookup.hpp"
#include "https/url.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

namespace chr21::https {

// A connection to a server: TCP, and TLS over it once secure() has succeeded. Every step waits
// until `by` at most. For one thread.
class Wire {
public:
    // Tries each address of the host in turn.
    static Outcome<Wire> connect(const Url& where, Clock::time_point by);

    // TLS 1.2 or later with the server of this name or address. Its certificate must be valid, bear
    // that name, and be of an authority of the system, or of the file that SSL_CERT_FILE names.
    Outcome<void> secure(const std::string& host, Clock::time_point by);

    Outcome<void> write(std::string_view bytes, Clock::time_point by);

    // As many bytes as have come, at least one; none when the server has ended its stream. With
    // TLS, an end that the server has not signed is an error.
    Outcome<std::size_t> read(std::span<char> into, Clock::time_point by);

private:
    struct FreeBio {
        void operator()(BIO* bio) const { ::BIO_free(bio); }
    };
    struct FreeTls {
        void operator()(SSL* tls) const { ::SSL_free(tls); }
    };

    explicit Wire(BIO* socket) : socket_(socket) {}
    template <class Step>
    Outcome<int> repeat(const Step& step, Clock::time_point by, std::string_view what);
    int why_not(int outcome) const;

    std::unique_ptr<BIO, FreeBio> socket_;
    std::unique_ptr<SSL, FreeTls> tls_;  // goes before the socket
};

}  // namespace chr21::https
