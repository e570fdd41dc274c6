#include "transport/http/server.hpp"

#include "transport/http/descriptor.hpp"
#include "transport/http/listener.hpp"
#include "transport/http/loop.hpp"
#include "transport/http/workers.hpp"

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
    Interior(const ServerOptions& given,
             const service::Service& service,
             observe::Observer listening,
             Listener&& bound)
        : options(given),
          observer(std::move(listening)),
          listener(std::move(bound)),
          buffers(given.buffer_limit),
          computing({.lane = observe::Lane::computing,
                     .threads = given.threads,
                     .queue_limit = given.queue_limit},
                    service,
                    observer),
          waiting({.lane = observe::Lane::waiting,
                   .threads = given.workers,
                   .queue_limit = given.queue_limit},
                  service,
                  observer),
          shared{.options = &options,
                 .service = &service,
                 .observer = &observer,
                 .buffers = &buffers,
                 .free_memory = &free_memory,
                 .computing = &computing,
                 .waiting = &waiting,
                 .listener = &listener,
                 .stop_event = stop_event.number(),
                 .switched_event = switched_event.number()} {}

    ServerOptions options;
    observe::Observer observer;
    Listener listener;
    FreeMemory free_memory;
    BufferTotal buffers;  // of the connections in the loops, so goes after them
    Descriptor stop_event = make_event();
    Descriptor switched_event = make_event();
    std::vector<std::unique_ptr<Loop>> loops;  // hear of what workers have done, so go after them
    Workers computing;
    Workers waiting;
    Shared shared;
};

Result<Server> Server::listen(const ServerOptions& options,
                              const service::Service& service,
                              const observe::Observer& observer) {
    if (options.threads == 0) return fault("threads", "0", "must be at least 1");
    auto listener = Listener::open(options.host, options.port);
    if (!listener) return std::unexpected(listener.error());
    allow_open_files(options.connection_limit);
    return Server(std::make_unique<Interior>(options, service, observer, std::move(*listener)));
}

Server::Server(std::unique_ptr<Interior> interior) : interior_(std::move(interior)) {}
Server::~Server() = default;
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;

std::uint16_t Server::port() const { return interior_->listener.port(); }

std::string Server::address() const { return interior_->listener.address(); }

std::uint64_t Server::run() {
    auto& shared = interior_->shared;
    auto& loops = interior_->loops;
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
    interior_->computing.stop();
    interior_->waiting.stop();
    return unfinished;
}

void Server::let_go_of_old_dataset() noexcept {
    ::eventfd_write(interior_->switched_event.number(), 1);
    interior_->computing.let_go_of_old_dataset();
    interior_->waiting.let_go_of_old_dataset();
}

std::uint64_t Server::buffered_bytes() const { return interior_->buffers.held(); }

bool Server::is_answering() const {
    return interior_->computing.busy() || interior_->waiting.busy();
}

void Server::stop() noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(interior_->stop_event.number(), &one, sizeof one);
}

}  // namespace chr21::http
