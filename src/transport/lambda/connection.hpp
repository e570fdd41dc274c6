#pragma once

#include "transport/lambda/address.hpp"

#include <cstdint>
#include <expected>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chr21::lambda {

struct ApiRequest {
    std::string_view method = "GET";
    std::string path;
    std::string fields = {};  // further header lines, each with its "\r\n"
    std::string_view body = {};
};

struct ApiAnswer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> fields = {};
    std::string body = {};

    // The first value under `name`, ignoring case; empty where there is none.
    std::string_view find(std::string_view name) const;
};

// HTTP/1.1 with the Runtime API, on one connection that is kept open and opened again where it was
// closed. Goes through no proxy and waits without a limit: between a question and its answer the
// process may be frozen for hours. For one thread, but for interrupt().
class Connection {
public:
    explicit Connection(Address address);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(Connection&&) = delete;

    enum class Interruptible : std::uint8_t { no, yes };

    // The error is one line for people. Tries once more on a new connection where an old one turns
    // out, within a second, to be dead.
    std::expected<ApiAnswer, std::string> exchange(const ApiRequest& request,
                                                   Interruptible wait = Interruptible::no);

    // Ends an interruptible exchange() under way, and every later one at once. From any thread.
    void interrupt() noexcept;

private:
    struct Broken;

    std::expected<ApiAnswer, Broken> try_exchange(const ApiRequest& request, Interruptible wait);
    std::expected<void, Broken> open();
    std::expected<void, Broken> send(const ApiRequest& request);
    std::expected<ApiAnswer, Broken> receive();
    bool begin_wait(Interruptible wait);
    void end_wait();
    void close();

    Address address_;
    int socket_ = -1;
    bool was_used_ = false;  // this socket has carried an answer
    std::mutex mutex_;
    bool is_interrupted_ = false;  // under mutex_
    bool may_be_cut_ = false;      // under mutex_: an interruptible exchange is under way
};

}  // namespace chr21::lambda
