#include "transport/http/connection.hpp"

#include <cerrno>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace chr21::http {
namespace {

using observe::ConnectionEnd;

constexpr std::size_t unsent_limit = 1 << 20;  // bytes; no request is read while more wait

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
      reader_(bench.limits) {}

bool Connection::receive(Workbench& bench) {
    const auto size = ::recv(socket_.number(), bench.input.data(), bench.input.size(), 0);
    if (size < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    if (size == 0) return receive_end(bench);
    if (phase_ == Phase::lingering) return true;
    if (over_cap_) return turn_away(bench);
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
    if (pending_.empty()) {
        keep(answer_all(bench, received));
    } else {
        pending_.append(received);
        keep(answer_all(bench, pending_));
    }
    return flush(bench);
}

// Returns the bytes that it could do nothing with yet.
std::string_view Connection::answer_all(Workbench& bench, std::string_view bytes) {
    while (!bytes.empty() && !closing_ && bench.outbox.unsent() <= unsent_limit) {
        auto reading = reader_.read(bytes);
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
        answer(bench, reading);
    }
    return closing_ ? std::string_view() : bytes;
}

void Connection::answer(Workbench& bench, Reading& reading) {
    closing_ = !reading.keep_alive || bench.stopping;
    bench.writer.write(
        bench.outbox, bench.service->answer(reading.request), connecting_of(reading, closing_));
    answered_ = true;
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

// Sends what is on the bench. What the client does not take at once becomes the connection's own.
bool Connection::flush(Workbench& bench) {
    while (!bench.outbox.empty()) {
        switch (bench.outbox.send(socket_.number())) {
            case Sending::broken:
                bench.outbox = Outbox();
                return false;
            case Sending::blocked:
                outbox_ = std::make_unique<Outbox>(std::exchange(bench.outbox, Outbox()));
                phase_ = Phase::sending;
                deadline_ = bench.now + timeout_of(Phase::sending, *bench.options);
                watch(bench, EPOLLOUT);
                return true;
            case Sending::done:
                break;
        }
        if (!pending_.empty() && answered_) {
            keep(answer_all(bench, pending_));  // those that waited for the outbox to empty
        }
    }
    return settle(bench);
}

bool Connection::send(Workbench& bench) {
    const auto before = outbox_->unsent();
    switch (outbox_->send(socket_.number())) {
        case Sending::broken:
            return false;
        case Sending::blocked:
            if (outbox_->unsent() < before) {
                deadline_ = bench.now + timeout_of(Phase::sending, *bench.options);
            }
            return true;
        case Sending::done:
            break;
    }
    outbox_.reset();
    watch(bench, EPOLLIN);
    keep(answer_all(bench, pending_));
    return flush(bench);
}

void Connection::watch(const Workbench& bench, std::uint32_t events) const {
    epoll_event event{};
    event.events = events;
    event.data.fd = socket_.number();
    ::epoll_ctl(bench.epoll, EPOLL_CTL_MOD, socket_.number(), &event);
}

}  // namespace chr21::http
