#pragma once

#include "gene/result.hpp"
#include "observe/event.hpp"
#include "service/service.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace chr21::http {

struct ServerOptions {
    std::string host = "127.0.0.1";  // an address, or a name that stands for one
    std::uint16_t port = 8000;       // 0: any free port
    unsigned threads = 1;
    unsigned workers = 8;  // for requests that wait for a database, and not more than `threads` for
                           // those that take long
    std::size_t queue_limit = 1024;  // requests that wait for workers of a kind; more get 503

    // Bytes. A request that is longer gets 431 or 414, 414 and 413.
    std::size_t head_limit = std::size_t{16} * 1024;  // request line and headers
    std::size_t target_limit = std::size_t{8} * 1024;
    std::size_t body_limit = std::size_t{1} << 20;

    std::uint64_t buffer_limit = std::uint64_t{256} << 20U;  // of all connections together; over it
                                                             // slow ones are cut and costly
                                                             // requests get 503 with Retry-After

    unsigned connection_limit = 10'000;  // over it 503 with Retry-After

    std::chrono::milliseconds header_timeout{10'000};  // from a head's first byte to its end; 408
    std::chrono::milliseconds body_timeout{30'000};    // for a body; 408
    std::chrono::milliseconds idle_timeout{60'000};    // between requests; closed without a word
    std::chrono::milliseconds write_timeout{30'000};   // without progress while sending; cut
    std::chrono::milliseconds shutdown_timeout{10'000};
    // From then on, without 16 KiB of progress, a client is slow where memory is short.
    std::chrono::milliseconds slow_after{1'000};
};

// The HTTP/1.1 server over one Service.
class Server {
public:
    // Takes the address, so that a port in use is told before anything else starts.
    static Result<Server> listen(const ServerOptions& options,
                                 const service::Service& service,
                                 const observe::Observer& observer);
    ~Server();
    Server(Server&&) noexcept;
    Server& operator=(Server&&) noexcept;
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;
    // "http://127.0.0.1:8000", "http://[::1]:8000"
    std::string address() const;

    // Serves until stop() was called and requests in flight are answered or the shutdown timeout
    // is over. Returns how many connections had to be cut. Call once.
    std::uint64_t run();

    // Lets every thread let go of a dataset that is no longer the active one, also one that waits.
    // Safe to call from any thread.
    void let_go_of_old_dataset() noexcept;

    // Bytes of memory for requests and answers under way. Safe to call from any thread.
    std::uint64_t buffered_bytes() const;

    // Whether an answer is being made for somebody whose connection had to be cut, or has gone.
    // The server's destructor waits for it.
    bool is_answering() const;

    // Stops accepting, closes idle connections and lets run() return. Safe to call from any thread
    // and from a signal handler, more than once.
    void stop() noexcept;

private:
    struct Interior;
    explicit Server(std::unique_ptr<Interior> interior);
    std::unique_ptr<Interior> interior_;
};

}  // namespace chr21::http
