#include "transport/http/loop.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <sys/socket.h>

namespace chr21::http {
namespace {

using namespace std::chrono_literals;

constexpr int events_per_round = 256;
constexpr int accepts_per_round = 8;         // few, so that other threads get their share
constexpr std::size_t over_cap_limit = 256;  // connections that wait to be told 503
constexpr std::chrono::milliseconds longest_sweep_period = 250ms;
constexpr std::chrono::milliseconds relief_period = 20ms;
constexpr std::chrono::milliseconds trim_period = 5s;

// Often enough that a timeout is late by a quarter at most.
std::chrono::milliseconds sweep_period(const ServerOptions& options) {
    const auto shortest = std::min({options.header_timeout,
                                    options.body_timeout,
                                    options.idle_timeout,
                                    options.write_timeout});
    return std::clamp(shortest / 4, std::chrono::milliseconds(1), longest_sweep_period);
}

bool watch(int epoll, int descriptor, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    return ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

}  // namespace

Loop::Loop(Shared& shared)
    : shared_(&shared),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      sweep_period_(sweep_period(*shared.options)) {
    const auto& options = *shared.options;
    bench_ = std::make_unique<Workbench>(Workbench{.options = &options,
                                                   .service = shared.service,
                                                   .buffers = shared.buffers,
                                                   .computing = shared.computing,
                                                   .waiting = shared.waiting,
                                                   .inbox = &inbox_,
                                                   .limits = {.head = options.head_limit,
                                                              .target = options.target_limit,
                                                              .body = options.body_limit},
                                                   .epoll = epoll_.number()});
    accepting_ = watch(epoll_.number(), shared.listener->number(), EPOLLIN | EPOLLEXCLUSIVE);
    // Nobody reads the event for rests: each loop sees the edge of each.
    if (!accepting_ || !watch(epoll_.number(), shared.stop_event, EPOLLIN) ||
        !watch(epoll_.number(), shared.switched_event, EPOLLIN | EPOLLET) ||
        !watch(epoll_.number(), inbox_.number(), EPOLLIN)) {
        throw std::system_error(errno, std::generic_category(), "epoll");
    }
}

std::uint64_t Loop::run() {
    std::array<epoll_event, events_per_round> events{};
    while (!finished()) {
        const int count =
            ::epoll_wait(epoll_.number(), events.data(), events_per_round, patience());
        bench_->now = Clock::now();
        bench_->writer.tick();
        relieve();
        for (int i = 0; i < count; ++i) dispatch(events[static_cast<std::size_t>(i)]);
        go_on_with_one();
        if (bench_->now >= next_sweep_) sweep();
    }
    return cut_all();
}

void Loop::dispatch(const epoll_event& event) {
    const int descriptor = event.data.fd;
    may_have_grown_ = true;
    if (descriptor == shared_->listener->number()) {
        accept_some(accepts_per_round);
        return;
    }
    if (descriptor == shared_->stop_event) {
        begin_stop();
        return;
    }
    if (descriptor == shared_->switched_event) {
        shared_->service->let_go_of_old_dataset();
        return;
    }
    if (descriptor == inbox_.number()) {
        take_in();
        return;
    }
    auto& connection = connections_[static_cast<std::size_t>(descriptor)];
    if (!connection) {
        return;  // a stop ended it in this very round
    }
    go_on_or_end(connection, connection->hear(*bench_));
}

void Loop::take_in() {
    auto [sockets, tasks] = inbox_.take_all();
    for (const auto& task : tasks) {
        auto& connection = connections_[static_cast<std::size_t>(task->socket)];
        const bool is_waited_for = connection && connection->waits_for(*task);
        if (is_waited_for) go_on_or_end(connection, connection->take(*bench_, *task));
    }
    for (auto& socket : sockets) admit(std::move(socket));
}

// One only, so that whoever has come meanwhile is heard before the next.
void Loop::go_on_with_one() {
    if (bench_->waiting_turns.empty()) return;
    auto& connection = connections_[static_cast<std::size_t>(bench_->waiting_turns.front())];
    bench_->waiting_turns.pop_front();
    const bool waits = connection && connection->waits_for_turn();
    if (waits) go_on_or_end(connection, connection->go_on(*bench_));
}

void Loop::go_on_or_end(std::unique_ptr<Connection>& connection, bool stays) {
    if (stays) {
        connection->count_buffers();
    } else {
        end(connection);
    }
}

// As much is held as may be: cuts connections of clients that take or send next to nothing, the
// slowest first, and where that is not enough others too.
void Loop::relieve() {
    const auto& buffers = *shared_->buffers;
    if (!buffers.is_reached() || bench_->now < next_relief_) return;
    std::vector<int> waiting;
    for (std::size_t at = 0; at < connections_.size(); ++at) {
        if (connections_[at] && connections_[at]->waits_for_its_client()) {
            waiting.push_back(static_cast<int>(at));
        }
    }
    const auto by_number = [this](int number) -> auto& {
        return connections_[static_cast<std::size_t>(number)];
    };
    std::ranges::sort(waiting, {}, [&](int number) { return by_number(number)->progress(); });
    for (const int number : waiting) {
        auto& connection = by_number(number);
        const auto idle = bench_->now - connection->progress();
        const bool is_slow = idle >= shared_->options->slow_after;
        if (buffers.is_relieved()) return;
        if (!is_slow && !buffers.is_overrun()) break;
        go_on_or_end(connection, connection->make_room(*bench_));
    }
    next_relief_ = bench_->now + relief_period;  // there is no more to be had for now
}

void Loop::accept_some(int limit) {
    for (int i = 0; i < limit && accepting_; ++i) {
        Descriptor socket(
            ::accept4(shared_->listener->number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (socket.open()) {
            place(std::move(socket));
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            pause_accepting(errno);
        } else if (errno != ECONNABORTED && errno != EINTR) {
            return;
        }
    }
}

void Loop::place(Descriptor socket) {
    auto* const least = *std::ranges::min_element(
        shared_->loops, {}, [](const Loop* loop) { return loop->load_.load(); });
    auto* const loop = load_ == least->load_ || bench_->stopping ? this : least;
    ++loop->load_;
    if (loop == this) {
        admit(std::move(socket));
    } else {
        loop->inbox_.put(std::move(socket));
    }
}

void Loop::admit(Descriptor socket) {
    const int number = socket.number();
    // Those that are turned away do not count, or a crowd of them would keep all others out.
    const bool over_cap =
        shared_->open_connections.fetch_add(1) >= shared_->options->connection_limit;
    if (over_cap) shared_->open_connections.fetch_sub(1);
    report(observe::ConnectionOpened{});
    const auto index = static_cast<std::size_t>(number);
    if (index >= connections_.size()) connections_.resize(index + (index / 2) + 1);
    auto& connection = connections_[index];
    connection = std::make_unique<Connection>(std::move(socket), *bench_, over_cap);
    over_cap_count_ += static_cast<std::size_t>(over_cap);
    if (over_cap_count_ > over_cap_limit) {
        connection->turn_away(*bench_);
        end(connection);
    } else if (!watch(epoll_.number(), number, EPOLLIN) ||
               (bench_->stopping && !connection->wind_down(*bench_))) {
        end(connection);
    }
}

// Out of descriptors or memory: the listener would stay readable and keep the loop spinning, so it
// is left alone until the next sweep.
void Loop::pause_accepting(int error) {
    ::epoll_ctl(epoll_.number(), EPOLL_CTL_DEL, shared_->listener->number(), nullptr);
    accepting_ = false;
    report(observe::Notice{"cannot accept connections for now: " +
                           std::generic_category().message(error)});
}

void Loop::begin_stop() {
    ::epoll_ctl(epoll_.number(), EPOLL_CTL_DEL, shared_->stop_event, nullptr);
    bench_->stopping = true;
    stop_deadline_ = bench_->now + shared_->options->shutdown_timeout;
    accept_some(backlog);  // those that connected before the stop
    ::epoll_ctl(epoll_.number(), EPOLL_CTL_DEL, shared_->listener->number(), nullptr);
    accepting_ = false;
    shared_->listener->close();
    for (auto& connection : connections_) {
        if (connection && !connection->wind_down(*bench_)) end(connection);
    }
}

void Loop::sweep() {
    next_sweep_ = bench_->now + sweep_period_;
    if (!accepting_ && !bench_->stopping) {
        accepting_ = watch(epoll_.number(), shared_->listener->number(), EPOLLIN | EPOLLEXCLUSIVE);
    }
    for (auto& connection : connections_) {
        if (connection) go_on_or_end(connection, connection->check_time(*bench_));
    }
    if (bench_->now >= next_trim_) give_memory_back();
}

// After a crowd has left, and where answers that were soon sent have left much behind.
void Loop::give_memory_back() {
    constexpr std::uint64_t little = std::uint64_t{1} << 20U;
    auto& buffers = *shared_->buffers;
    if (buffers.take_peak()) {
        shared_->free_memory->give_back();
        next_trim_ = bench_->now + trim_period;
    } else if (may_have_grown_ && buffers.held() < little) {
        may_have_grown_ = !shared_->free_memory->give_back_if_grown(bench_->now);
    }
}

void Loop::end(std::unique_ptr<Connection>& connection) {
    const auto how = connection->end();
    if (connection->over_cap()) {
        --over_cap_count_;
    } else {
        shared_->open_connections.fetch_sub(1);
    }
    connection.reset();
    --load_;
    report(observe::ConnectionEnded{how});
}

bool Loop::finished() const {
    return bench_->stopping && (load_ == 0 || bench_->now >= stop_deadline_);
}

// Milliseconds to wait for events: for ever while there is nothing to time.
int Loop::patience() const {
    if (!bench_->waiting_turns.empty()) return 0;
    const bool has_memory_to_give = may_have_grown_ || shared_->buffers->has_peak();
    if (load_ == 0 && accepting_ && !has_memory_to_give) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_sweep_ - bench_->now);
    return static_cast<int>(
        std::clamp<std::int64_t>(left.count(), 0, longest_sweep_period.count()));
}

std::uint64_t Loop::cut_all() {
    std::uint64_t unfinished = 0;
    for (auto& connection : connections_) {
        if (connection) {
            unfinished += static_cast<std::uint64_t>(connection->in_flight());
            connection->cut();
            end(connection);
        }
    }
    return unfinished;
}

}  // namespace chr21::http
