#pragma once

#include "https/lookup.hpp"

#include <memory>
#include <string>

#include <openssl/ssl.h>

namespace chr21::https {

struct FreeContext {
    void operator()(SSL_CTX* context) const { ::SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeContext>;

// A client's rules: TLS 1.2 or later, certificates checked against the authorities of the system,
// or of the file that SSL_CERT_FILE names.
Outcome<TlsContext> make_tls_context();

// Has the certificate checked for this name or address, and asks the server for that name.
bool expect_host(SSL* tls, const std::string& host);

// Why a handshake failed: about the certificate, or what OpenSSL says.
std::string why_no_tls(const SSL* tls);

}  // namespace chr21::https
