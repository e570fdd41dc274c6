#include "transport/http/connection.hpp"

#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace chr21::http {
namespace {

using observe::ConnectionEnd;

constexpr std::chrono::milliseconds linger_timeout{1'000};

}  // namespace

// Nothing is left to send: finds out what the connection waits for next.
bool Connection::settle(Workbench& bench) {
    if (task_) {
        pause(bench, Phase::answering);
        return true;
    }
    if (long_answer_ || has_more(bench)) {
        pause(bench, Phase::between_turns);
        bench.waiting_turns.push_back(socket_.number());
        return true;
    }
    watch(bench, EPOLLIN);
    const auto next = next_phase();
    if (closing_ || (bench.stopping && next == Phase::idle)) {
        closing_ = true;
        phase_ = Phase::lingering;
        deadline_ = bench.now + timeout_of(phase_, *bench.options);
        return ::shutdown(socket_.number(), SHUT_WR) == 0;
    }
    if (std::exchange(answered_, false) || next != phase_) {
        phase_ = next;
        progress_ = bench.now;
        moved_ = 0;
        deadline_ = bench.now + timeout_of(next, *bench.options);
    }
    return true;
}

// Requests may have come behind the last one that was answered, for which there was no time.
bool Connection::has_more(const Workbench& bench) const {
    return answered_ && !closing_ && !pending_.empty() && bench.now >= bench.turn_end;
}

void Connection::pause(Workbench& bench, Phase phase) {
    watch(bench, 0);
    phase_ = phase;
    deadline_ = Clock::time_point::max();
}

Connection::Phase Connection::next_phase() const {
    if (reader_.expects_body()) return Phase::body;
    return pending_.empty() ? Phase::idle : Phase::head;
}

std::chrono::milliseconds Connection::timeout_of(Phase phase, const ServerOptions& options) {
    switch (phase) {
        case Phase::idle:
            return options.idle_timeout;
        case Phase::head:
            return options.header_timeout;
        case Phase::body:
            return options.body_timeout;
        case Phase::sending:
            return options.write_timeout;
        case Phase::lingering:
            return linger_timeout;
        case Phase::answering:
        case Phase::between_turns:
            break;  // bounded by those who answer
    }
    return {};
}

bool Connection::check_time(Workbench& bench) {
    if (bench.now < deadline_) return true;
    switch (phase_) {
        case Phase::idle:
            end_ = over_cap_ ? ConnectionEnd::refused_over_cap : ConnectionEnd::idle_timeout;
            return false;
        case Phase::head:
            return time_out(bench,
                            ConnectionEnd::header_timeout,
                            "the request line and headers took too long to come");
        case Phase::body:
            return time_out(
                bench, ConnectionEnd::body_timeout, "the request body took too long to come");
        case Phase::sending:
            end_ = ConnectionEnd::write_timeout;
            cut();
            return false;
        case Phase::lingering:
        case Phase::answering:
        case Phase::between_turns:
            return false;
    }
    return false;
}

bool Connection::time_out(Workbench& bench, ConnectionEnd end, std::string_view detail) {
    end_ = end;
    refuse(bench, 408, detail);
    return flush(bench);
}

bool Connection::wind_down(Workbench& bench) {
    if (phase_ != Phase::idle) return true;
    return receive(bench) && phase_ != Phase::idle;  // a request may have come unseen
}

void Connection::cut() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace chr21::http
