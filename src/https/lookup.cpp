#include "https/lookup.hpp"

#include <cerrno>
#include <future>
#include <system_error>
#include <thread>
#include <utility>

#include <sys/socket.h>

namespace chr21::https {
namespace {

struct Found {
    int code = 0;
    int error = 0;  // of the system, where `code` is EAI_SYSTEM
    Addresses addresses;
};

Found ask(const std::string& host, const std::string& port, int flags) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICSERV | flags;
    addrinfo* list = nullptr;
    const int code = ::getaddrinfo(host.c_str(), port.c_str(), &wanted, &list);
    return {.code = code, .error = errno, .addresses = Addresses(code == 0 ? list : nullptr)};
}

}  // namespace

Outcome<Addresses> find_addresses(const std::string& host,
                                  const std::string& port,
                                  Clock::time_point by) {
    if (auto number = ask(host, port, AI_NUMERICHOST); number.code == 0) {
        return std::move(number.addresses);
    }
    std::promise<Found> promise;
    auto answer = promise.get_future();
    std::thread([host, port, promise = std::move(promise)]() mutable {
        promise.set_value(ask(host, port, AI_ADDRCONFIG));
    }).detach();
    if (answer.wait_until(by) != std::future_status::ready) {
        return failed("Timeout was reached: no name server has answered for " + host);
    }
    auto found = answer.get();
    if (found.code == 0) return std::move(found.addresses);
    return failed("Couldn't resolve host name: " + host + ": " +
                  (found.code == EAI_SYSTEM ? std::generic_category().message(found.error)
                                            : ::gai_strerror(found.code)));
}

}  // namespace chr21::https
