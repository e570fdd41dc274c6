#pragma once

#include "observe/event.hpp"
#include "service/service.hpp"
#include "transport/http/descriptor.hpp"
#include "transport/http/outbox.hpp"
#include "transport/http/request_reader.hpp"
#include "transport/http/response_writer.hpp"
#include "transport/http/server.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace chr21::http {

using Clock = std::chrono::steady_clock;

// What the connections of one thread share. A connection uses it only while it is called, so what
// it holds between calls is all the memory that a silent client costs.
struct Workbench {
    const ServerOptions* options = nullptr;
    const service::Service* service = nullptr;
    RequestLimits limits;
    int epoll = -1;
    ResponseWriter writer;
    Outbox outbox;
    std::array<char, std::size_t{16} * 1024> input = {};
    Clock::time_point now = Clock::now();
    bool stopping = false;  // no request is taken behind the one being answered
};

// One client. Reads requests in order, answers a batch of them in one piece, and reads no further
// while its client has not taken the answers.
// Calls that return false say that the connection is over and wants to be destroyed.
class Connection {
public:
    // `over_cap`: answers whatever comes with 503.
    Connection(Descriptor socket, const Workbench& bench, bool over_cap);

    bool receive(Workbench& bench);
    bool send(Workbench& bench);
    // Says 503, without waiting for a request.
    bool turn_away(Workbench& bench);
    // Called now and then, whether or not the time is up.
    bool check_time(Workbench& bench);
    // The server stops: lets a request that has begun finish.
    bool wind_down(Workbench& bench);
    // Drops what was not sent.
    void cut();

    bool sending() const { return phase_ == Phase::sending; }
    bool over_cap() const { return over_cap_; }
    // A whole request, or a body that is coming, has not been answered in full.
    bool in_flight() const { return phase_ == Phase::sending || phase_ == Phase::body; }
    observe::ConnectionEnd end() const { return end_; }

private:
    enum class Phase : std::uint8_t {
        idle,       // between requests
        head,       // a head has come in part
        body,       // a head has come, and its body in part
        sending,    // the client has to take answers first
        lingering,  // all is said; waits for the client to close, so that it can read to the end
    };

    bool converse(Workbench& bench, std::string_view received);
    std::string_view answer_all(Workbench& bench, std::string_view bytes);
    void answer(Workbench& bench, Reading& reading);
    void refuse(Workbench& bench, int status, std::string_view detail);
    bool receive_end(Workbench& bench);
    bool flush(Workbench& bench);
    bool settle(Workbench& bench);
    Phase next_phase() const;
    static std::chrono::milliseconds timeout_of(Phase phase, const ServerOptions& options);
    bool time_out(Workbench& bench, observe::ConnectionEnd end, std::string_view detail);
    void keep(std::string_view rest);
    void watch(const Workbench& bench, std::uint32_t events) const;

    Descriptor socket_;
    Phase phase_ = Phase::idle;
    observe::ConnectionEnd end_ = observe::ConnectionEnd::closed;
    bool over_cap_;
    bool answered_ = false;  // since the phase was last settled
    bool closing_ = false;   // nothing is read behind the answers written so far
    Clock::time_point deadline_;
    std::string pending_;  // received, not yet consumed
    RequestReader reader_;
    std::unique_ptr<Outbox> outbox_;  // while sending
};

}  // namespace chr21::http
