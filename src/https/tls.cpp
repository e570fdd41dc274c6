#include "https/tls.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace chr21::https {
namespace {

// Where systems keep the certificates of their authorities in one file.
constexpr std::array system_authorities = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",                   // Amazon Linux, Fedora
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // RHEL
    "/etc/ssl/ca-bundle.pem",                             // SUSE
};

// A folder in which OpenSSL finds the one authority that it needs by the hash of its name. To read
// all of them takes 10 ms or more.
constexpr auto hashed_authorities = "/etc/ssl/certs";

bool has_hashed_names(const char* folder) {
    std::error_code ignored;
    const std::filesystem::directory_iterator files(folder, ignored);
    return std::any_of(
        begin(files), end(files), [](const auto& file) { return file.path().extension() == ".0"; });
}

Outcome<void> take_authorities(SSL_CTX* context) {
    const auto* const named = std::getenv("SSL_CERT_FILE");
    if (named != nullptr && *named != '\0') {
        if (::SSL_CTX_load_verify_file(context, named) == 1) return {};
        return failed("Problem with the SSL CA cert: SSL_CERT_FILE names " + std::string(named) +
                      ", which is no file of certificates in PEM format");
    }
    if (has_hashed_names(hashed_authorities) &&
        ::SSL_CTX_load_verify_dir(context, hashed_authorities) == 1) {
        return {};
    }
    for (const auto* const file : system_authorities) {
        if (::access(file, R_OK) == 0 && ::SSL_CTX_load_verify_file(context, file) == 1) return {};
    }
    ::SSL_CTX_set_default_verify_paths(context);
    return {};
}

std::string reason_of(unsigned long error) {
    const auto* const reason = ::ERR_reason_error_string(error);
    return reason == nullptr ? "the server has ended the connection" : reason;
}

}  // namespace

Outcome<TlsContext> make_tls_context() {
    TlsContext context(::SSL_CTX_new(::TLS_client_method()));
    if (!context) return failed("TLS cannot be begun");
    ::SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    ::SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (auto taken = take_authorities(context.get()); !taken) {
        return std::unexpected(taken.error());
    }
    return context;
}

bool expect_host(SSL* tls, const std::string& host) {
    const auto name = host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
    if (::X509_VERIFY_PARAM_set1_ip_asc(::SSL_get0_param(tls), name.c_str()) == 1) return true;
    ::SSL_set_hostflags(tls, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return ::SSL_set1_host(tls, name.c_str()) == 1 &&
           ::SSL_ctrl(tls,
                      SSL_CTRL_SET_TLSEXT_HOSTNAME,
                      TLSEXT_NAMETYPE_host_name,
                      const_cast<char*>(name.c_str())) == 1;
}

std::string why_no_tls(const SSL* tls) {
    const auto verified = ::SSL_get_verify_result(tls);
    if (verified != X509_V_OK) {
        return std::string("SSL certificate problem: ")
            .append(::X509_verify_cert_error_string(verified));
    }
    return "SSL connect error: " + reason_of(::ERR_peek_last_error());
}

}  // namespace chr21::https
