#pragma once

#include "service/request.hpp"
#include "transport/http/refusal.hpp"

#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <memory>
#include <string>
#include <string_view>

namespace chr21::http {

struct RequestLimits {
    std::size_t head = std::size_t{16} * 1024;   // bytes of request line and headers
    std::size_t target = std::size_t{8} * 1024;  // bytes of the request target
    std::size_t body = std::size_t{1} << 20;     // bytes
};

enum class Progress : std::uint8_t {
    partial,   // more bytes have to come
    complete,  // `request` is whole
    refused,   // no request, and where the next one begins cannot be known
};

// What the bytes so far came to.
struct Reading {
    Progress progress = Progress::partial;
    std::size_t consumed = 0;  // bytes that are not to be given again

    // When complete; its views live as long as this and the bytes that were read.
    service::Request request;
    bool keep_alive = false;
    bool http_1_0 = false;

    bool continue_wanted = false;  // when partial: the client waits for "100 Continue"

    Refusal refusal;  // when refused

    // What the request's views point to where it is not in the bytes that were read.
    std::forward_list<std::string> texts;
};

// Turns the bytes of one connection into requests, one after the other. The grammar is
// Boost.Beast's; what it leaves open is decided here: Host (RFC 9112 section 3.2), forms of the
// target (3.2), transfer codings (7), Expect (RFC 9110 section 10.1.1) and the limits.
// However the bytes are cut, the same requests come of them.
class RequestReader {
public:
    explicit RequestReader(const RequestLimits& limits);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    // `bytes` are those not yet consumed and whatever has come behind them.
    Reading read(std::string_view bytes);

    // As read(), when nothing will come behind `bytes`: a fault that waited for more is told now.
    Reading finish(std::string_view bytes);

    // The head has come and the body has not yet.
    bool expects_body() const { return upload_ != nullptr; }
    // Bytes of memory that it holds of such a body.
    std::size_t body_held() const;
    // Lets go of a request that has come in part.
    void forget();

private:
    struct Upload;
    struct Scout;

    void read_head(std::string_view bytes, Reading& reading);
    Reading parse_head(std::string_view bytes, bool overlong);
    Reading read_body(std::string_view bytes);

    const RequestLimits* limits_;
    std::unique_ptr<Scout> scout_;  // while a head is partial
    std::unique_ptr<Upload> upload_;
};

}  // namespace chr21::http
