#include "transport/http/connection.hpp"

#include <cerrno>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace chr21::http {
namespace {

using observe::ConnectionEnd;

constexpr std::size_t unsent_limit = 1 << 20;  // bytes; no request is read while more wait
constexpr std::chrono::milliseconds turn{2};

void begin_turn(Workbench& bench) {
    bench.now = Clock::now();
    bench.turn_end = bench.now + turn;
}

ConnectionEnd end_of(int status) {
    return status == 400 || status == 505 ? ConnectionEnd::broken : ConnectionEnd::closed;
}

Connecting connecting_of(const Reading& reading, bool closing) {
    if (closing) return Connecting::closes;
    return reading.http_1_0 ? Connecting::stays_http_1_0 : Connecting::stays;
}

}  // namespace

Connection::Connection(Descriptor socket, const Workbench& bench, bool over_cap)
    : socket_(std::move(socket)),
      over_cap_(over_cap),
      deadline_(bench.now + timeout_of(over_cap ? Phase::lingering : Phase::idle, *bench.options)),
      reader_(bench.limits),
      share_(*bench.buffers),
      progress_(bench.now) {}

Connection::~Connection() {
    if (task_) task_->dropped = true;
    if (outbox_ && long_answer_ && long_answer_->body) {
        long_answer_->body->not_sent(outbox_->unsent());
    }
}

bool Connection::hear(Workbench& bench) {
    if (phase_ == Phase::sending) return send(bench);
    // Paused, only the end of both directions is heard of: a client that has just finished sending
    // still gets its answers.
    if (watched_ == 0) return false;
    return receive(bench);
}

bool Connection::receive(Workbench& bench) {
    const auto size = ::recv(socket_.number(), bench.input.data(), bench.input.size(), 0);
    if (size < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    if (size == 0) return receive_end(bench);
    if (phase_ == Phase::lingering) return true;
    if (over_cap_) return turn_away(bench);
    note_progress(bench, static_cast<std::size_t>(size));
    return converse(bench, {bench.input.data(), static_cast<std::size_t>(size)});
}

bool Connection::turn_away(Workbench& bench) {
    end_ = ConnectionEnd::refused_over_cap;
    refuse(bench, 503, "there are as many connections as this server serves; try again later");
    return flush(bench);
}

// The client sends no more. Answers to all that it sent have left by now.
bool Connection::receive_end(Workbench& bench) {
    if (phase_ != Phase::head) return false;
    const auto reading = reader_.finish(pending_);
    if (reading.progress != Progress::refused) return false;
    end_ = end_of(reading.refusal.status);
    refuse(bench, reading.refusal.status, reading.refusal.detail);
    return flush(bench);
}

bool Connection::converse(Workbench& bench, std::string_view received) {
    begin_turn(bench);
    if (pending_.empty()) {
        keep(answer_all(bench, received));
    } else {
        pending_.append(received);
        keep(answer_all(bench, pending_));
    }
    if (reader_.body_held() > little_held && bench.buffers->is_reached()) {
        return make_room(bench);
    }
    return flush(bench);
}

bool Connection::go_on(Workbench& bench) {
    begin_turn(bench);
    keep(answer_all(bench, pending_));
    return flush(bench);
}

bool Connection::may_answer(const Workbench& bench) const {
    const auto most_unsent = bench.buffers->is_reached() ? 0 : unsent_limit;
    return !closing_ && !task_ && !long_answer_ && bench.outbox.unsent() <= most_unsent &&
           bench.now < bench.turn_end;
}

// Returns the bytes that it could do nothing with yet.
std::string_view Connection::answer_all(Workbench& bench, std::string_view bytes) {
    while (!bytes.empty() && may_answer(bench)) {
        auto reading = reader_.read(bytes);
        const auto message = bytes.substr(0, reading.consumed);
        bytes.remove_prefix(reading.consumed);
        if (reading.progress == Progress::partial) {
            if (reading.continue_wanted) bench.outbox.append("HTTP/1.1 100 Continue\r\n\r\n");
            break;
        }
        if (reading.progress == Progress::refused) {
            end_ = end_of(reading.refusal.status);
            refuse(bench, reading.refusal.status, reading.refusal.detail);
            break;
        }
        answer(bench, reading, message);
        if (!bytes.empty()) bench.now = Clock::now();
    }
    return closing_ ? std::string_view() : bytes;
}

void Connection::answer(Workbench& bench, Reading& reading, std::string_view message) {
    auto answered = bench.service->answer_at_once(reading.request, bench.now);
    if (answered) {
        write(bench, *std::move(answered), reading);
    } else if (bench.buffers->is_reached()) {
        write(bench, bench.service->turn_away(reading.request, bench.now), reading);
    } else {
        hand_over(bench, answered.error(), reading, message);
    }
}

void Connection::hand_over(Workbench& bench,
                           service::Cost cost,
                           Reading& reading,
                           std::string_view message) {
    auto& workers = cost == service::Cost::waiting ? *bench.waiting : *bench.computing;
    task_ = std::make_shared<Task>(
        std::move(reading), message, cost, bench.now, *bench.inbox, socket_.number());
    if (workers.put(task_)) return;
    const auto refused = std::exchange(task_, nullptr);
    write(bench,
          bench.service->turn_away(refused->reading.request, refused->since),
          refused->reading);
}

bool Connection::take(Workbench& bench, Task& task) {
    task_.reset();
    if (task.body) return take_piece(bench, task);
    write(bench, std::move(task.response), task.reading, task.cost);
    return outbox_ ? true : go_on(bench);
}

// Behind what is being sent.
void Connection::write(Workbench& bench,
                       service::Response&& response,
                       const Reading& reading,
                       std::optional<service::Cost> cost) {
    auto body = std::move(response.long_body);
    const bool until_close = body && reading.http_1_0;
    const auto framing = body && !until_close ? Framing::chunked : Framing::as_told;
    closing_ = !reading.keep_alive || bench.stopping || until_close;
    bench.writer.write(outbox_ ? *outbox_ : bench.outbox,
                       std::move(response),
                       connecting_of(reading, closing_),
                       framing);
    answered_ = true;
    if (body) {
        long_answer_ = std::make_unique<LongAnswer>(
            LongAnswer{.body = std::move(body), .framing = framing, .cost = cost});
    }
}

void Connection::refuse(Workbench& bench, int status, std::string_view detail) {
    closing_ = true;
    bench.writer.write(bench.outbox, bench.service->refuse(status, detail), Connecting::closes);
}

// `rest` is the end of pending_, or lies elsewhere while that is empty.
void Connection::keep(std::string_view rest) {
    if (rest.empty()) {
        if (!pending_.empty()) pending_ = std::string();
    } else if (pending_.empty()) {
        pending_.assign(rest);
    } else {
        pending_.erase(0, pending_.size() - rest.size());
    }
}

// Sends what is on the bench, and what can be put there meanwhile. What the client does not take at
// once becomes the connection's own.
bool Connection::flush(Workbench& bench) {
    do {
        switch (bench.outbox.send(socket_.number())) {
            case Sending::broken:
                drop_bench(bench);
                return false;
            case Sending::blocked:
                outbox_ = std::make_unique<Outbox>(std::exchange(bench.outbox, Outbox()));
                phase_ = Phase::sending;
                progress_ = bench.now;
                deadline_ = bench.now + timeout_of(Phase::sending, *bench.options);
                watch(bench, EPOLLOUT);
                return true;
            case Sending::done:
                break;
        }
        if (long_answer_ && !go_on_with_body(bench)) return false;
        if (!long_answer_ && !pending_.empty() && answered_) {
            keep(answer_all(bench, pending_));  // those that waited for the outbox to empty
        }
    } while (!bench.outbox.empty());
    return settle(bench);
}

bool Connection::send(Workbench& bench) {
    const auto before = outbox_->unsent();
    switch (outbox_->send(socket_.number())) {
        case Sending::broken:
            return false;
        case Sending::blocked:
            if (outbox_->unsent() < before) {
                note_progress(bench, before - outbox_->unsent());
                deadline_ = bench.now + timeout_of(Phase::sending, *bench.options);
            }
            return true;
        case Sending::done:
            break;
    }
    outbox_.reset();
    return go_on(bench);
}

void Connection::watch(const Workbench& bench, std::uint32_t events) {
    if (std::exchange(watched_, events) == events) return;
    epoll_event event{};
    event.events = events;
    event.data.fd = socket_.number();
    ::epoll_ctl(bench.epoll, EPOLL_CTL_MOD, socket_.number(), &event);
}

}  // namespace chr21::http
