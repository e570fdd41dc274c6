// OpenSSL's functions under their own names, each of which looks itself up in the shared library
// when it is first called. So a start that needs neither TLS nor a digest does not pay for OpenSSL,
// and a fix of it reaches the program with the system's updates. A function that is missing here is
// an undefined reference when the program is linked; its line is as the header declares it.

#include <stdexcept>
#include <string>

#include <dlfcn.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>

namespace chr21::https {
namespace {

[[noreturn]] void refuse() {
    const char* const reason = ::dlerror();
    throw std::runtime_error(
        "https and checksums need a library that cannot be loaded; install the package libssl3 (" +
        std::string(reason == nullptr ? "no reason was given" : reason) + ")");
}

void* find(const char* name) {
    // Its own dependency, libcrypto, is searched as well.
    static void* const library = ::dlopen("libssl.so.3", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) refuse();
    void* const address = ::dlsym(library, name);
    if (address == nullptr) refuse();
    return address;
}

// The library's function of the type and the name of `own`.
template <auto* own>
auto* real(const char* name) {
    static auto* const function = reinterpret_cast<decltype(own)>(find(name));
    return function;
}

using Create = int(BIO*);
using Read = int(BIO*, char*, int);
using Write = int(BIO*, const char*, int);
using Ctrl = long(BIO*, int, long, void*);

}  // namespace

// NOLINTBEGIN(readability-identifier-naming,bugprone-macro-parentheses,readability-redundant-declaration)
#define CHR21_FORWARD(result, name, parameters, arguments) \
    extern "C" result name parameters { return real<&::name>(#name) arguments; }

// clang-format off
CHR21_FORWARD(BIO*, BIO_new, (const BIO_METHOD* method), (method))
CHR21_FORWARD(int, BIO_free, (BIO* bio), (bio))
CHR21_FORWARD(int, BIO_up_ref, (BIO* bio), (bio))
CHR21_FORWARD(int, BIO_read, (BIO* bio, void* into, int size), (bio, into, size))
CHR21_FORWARD(int, BIO_write, (BIO* bio, const void* bytes, int size), (bio, bytes, size))
CHR21_FORWARD(long, BIO_ctrl, (BIO* bio, int command, long number, void* value), (bio, command, number, value))
CHR21_FORWARD(long, BIO_int_ctrl, (BIO* bio, int command, long number, int value), (bio, command, number, value))
CHR21_FORWARD(void, BIO_set_flags, (BIO* bio, int flags), (bio, flags))
CHR21_FORWARD(void, BIO_clear_flags, (BIO* bio, int flags), (bio, flags))
CHR21_FORWARD(int, BIO_test_flags, (const BIO* bio, int flags), (bio, flags))
CHR21_FORWARD(int, BIO_sock_should_retry, (int outcome), (outcome))
CHR21_FORWARD(const BIO_METHOD*, BIO_s_socket, (), ())
CHR21_FORWARD(BIO_METHOD*, BIO_meth_new, (int type, const char* label), (type, label))
CHR21_FORWARD(int, BIO_meth_set_create, (BIO_METHOD* method, Create* create), (method, create))
CHR21_FORWARD(int, BIO_meth_set_destroy, (BIO_METHOD* method, Create* destroy), (method, destroy))
CHR21_FORWARD(int, BIO_meth_set_read, (BIO_METHOD* method, Read* read), (method, read))
CHR21_FORWARD(int, BIO_meth_set_write, (BIO_METHOD* method, Write* write), (method, write))
CHR21_FORWARD(int, BIO_meth_set_ctrl, (BIO_METHOD* method, Ctrl* ctrl), (method, ctrl))
CHR21_FORWARD(Create*, BIO_meth_get_create, (const BIO_METHOD* method), (method))
CHR21_FORWARD(Create*, BIO_meth_get_destroy, (const BIO_METHOD* method), (method))
CHR21_FORWARD(Read*, BIO_meth_get_read, (const BIO_METHOD* method), (method))
CHR21_FORWARD(Ctrl*, BIO_meth_get_ctrl, (const BIO_METHOD* method), (method))

CHR21_FORWARD(void, ERR_clear_error, (), ())
CHR21_FORWARD(unsigned long, ERR_peek_last_error, (), ())
CHR21_FORWARD(const char*, ERR_reason_error_string, (unsigned long error), (error))

CHR21_FORWARD(int, EVP_EncodeBlock, (unsigned char* into, const unsigned char* bytes, int size), (into, bytes, size))
CHR21_FORWARD(unsigned char*, SHA256, (const unsigned char* bytes, std::size_t size, unsigned char* digest), (bytes, size, digest))

CHR21_FORWARD(const SSL_METHOD*, TLS_client_method, (), ())
CHR21_FORWARD(SSL_CTX*, SSL_CTX_new, (const SSL_METHOD* method), (method))
CHR21_FORWARD(void, SSL_CTX_free, (SSL_CTX* context), (context))
CHR21_FORWARD(long, SSL_CTX_ctrl, (SSL_CTX* context, int command, long number, void* value), (context, command, number, value))
CHR21_FORWARD(void, SSL_CTX_set_verify, (SSL_CTX* context, int mode, SSL_verify_cb callback), (context, mode, callback))
CHR21_FORWARD(int, SSL_CTX_load_verify_dir, (SSL_CTX* context, const char* folder), (context, folder))
CHR21_FORWARD(int, SSL_CTX_load_verify_file, (SSL_CTX* context, const char* file), (context, file))
CHR21_FORWARD(int, SSL_CTX_set_default_verify_paths, (SSL_CTX* context), (context))
CHR21_FORWARD(SSL*, SSL_new, (SSL_CTX* context), (context))
CHR21_FORWARD(void, SSL_free, (SSL* tls), (tls))
CHR21_FORWARD(void, SSL_set_bio, (SSL* tls, BIO* input, BIO* output), (tls, input, output))
CHR21_FORWARD(long, SSL_ctrl, (SSL* tls, int command, long number, void* value), (tls, command, number, value))
CHR21_FORWARD(int, SSL_set1_host, (SSL* tls, const char* host), (tls, host))
CHR21_FORWARD(void, SSL_set_hostflags, (SSL* tls, unsigned int flags), (tls, flags))
CHR21_FORWARD(X509_VERIFY_PARAM*, SSL_get0_param, (SSL* tls), (tls))
CHR21_FORWARD(int, SSL_connect, (SSL* tls), (tls))
CHR21_FORWARD(int, SSL_read, (SSL* tls, void* into, int size), (tls, into, size))
CHR21_FORWARD(int, SSL_write, (SSL* tls, const void* bytes, int size), (tls, bytes, size))
CHR21_FORWARD(int, SSL_get_error, (const SSL* tls, int outcome), (tls, outcome))
CHR21_FORWARD(long, SSL_get_verify_result, (const SSL* tls), (tls))
CHR21_FORWARD(int, X509_VERIFY_PARAM_set1_ip_asc, (X509_VERIFY_PARAM* parameters, const char* address), (parameters, address))
CHR21_FORWARD(const char*, X509_verify_cert_error_string, (long result), (result))
// clang-format on

#undef CHR21_FORWARD
// NOLINTEND(readability-identifier-naming,bugprone-macro-parentheses,readability-redundant-declaration)

}  // namespace chr21::https
