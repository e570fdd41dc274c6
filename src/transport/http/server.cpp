#include "transport/http/server.hpp"

#include "transport/http/descriptor.hpp"
#include "transport/http/listener.hpp"
#include "transport/http/loop.hpp"

#include <algorithm>
#include <cerrno>
#include <future>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

namespace chr21::http {
namespace {

// Each connection is an open file, of which a process may have 1,024 unless it asks for more.
void allow_open_files(std::uint64_t connections) {
    constexpr std::uint64_t others = 256;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < connections + others) {
        limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, connections + others);
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

Descriptor make_event() {
    Descriptor event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!event.open()) throw std::system_error(errno, std::generic_category(), "eventfd");
    return event;
}

}  // namespace

struct Server::Interior {
    ServerOptions options;
    const service::Service* service;
    observe::Observer observer;
    Listener listener;
    Descriptor stop_event;
    Descriptor switched_event;
};

Result<Server> Server::listen(const ServerOptions& options,
                              const service::Service& service,
                              const observe::Observer& observer) {
    if (options.threads == 0) return fault("threads", "0", "must be at least 1");
    auto listener = Listener::open(options.host, options.port);
    if (!listener) return std::unexpected(listener.error());
    allow_open_files(options.connection_limit);
    return Server(std::make_unique<Interior>(
        options, &service, observer, std::move(*listener), make_event(), make_event()));
}

Server::Server(std::unique_ptr<Interior> interior) : interior_(std::move(interior)) {}
Server::~Server() = default;
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;

std::uint16_t Server::port() const { return interior_->listener.port(); }

std::string Server::address() const { return interior_->listener.address(); }

std::uint64_t Server::run() {
    Shared shared{.options = &interior_->options,
                  .service = interior_->service,
                  .observer = &interior_->observer,
                  .listener = &interior_->listener,
                  .stop_event = interior_->stop_event.number(),
                  .switched_event = interior_->switched_event.number()};
    std::vector<std::unique_ptr<Loop>> loops;
    for (unsigned i = 0; i < interior_->options.threads; ++i) {
        loops.push_back(std::make_unique<Loop>(shared));
        shared.loops.push_back(loops.back().get());
    }
    std::vector<std::future<std::uint64_t>> others;
    for (std::size_t i = 1; i < loops.size(); ++i) {
        others.push_back(std::async(std::launch::async, &Loop::run, loops[i].get()));
    }
    auto unfinished = loops.front()->run();
    for (auto& other : others) unfinished += other.get();
    return unfinished;
}

void Server::let_go_of_old_dataset() noexcept {
    ::eventfd_write(interior_->switched_event.number(), 1);
}

void Server::stop() noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(interior_->stop_event.number(), &one, sizeof one);
}

}  // namespace chr21::http
