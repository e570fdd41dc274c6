#pragma once

#include "observe/event.hpp"
#include "service/service.hpp"
#include "transport/http/buffer_total.hpp"
#include "transport/http/descriptor.hpp"
#include "transport/http/outbox.hpp"
#include "transport/http/request_reader.hpp"
#include "transport/http/response_writer.hpp"
#include "transport/http/server.hpp"
#include "transport/http/task.hpp"
#include "transport/http/workers.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <sys/epoll.h>

namespace chr21::http {

using Clock = service::Service::Clock;

// What the connections of one thread share. A connection uses it only while it is called, so what
// it holds between calls is all the memory that a silent client costs.
struct Workbench {
    const ServerOptions* options = nullptr;
    const service::Service* service = nullptr;
    BufferTotal* buffers = nullptr;
    Workers* computing = nullptr;  // for answers that cost more than little, by their kind
    Workers* waiting = nullptr;
    Inbox* inbox = nullptr;  // where these are to come
    RequestLimits limits;
    int epoll = -1;
    ResponseWriter writer;
    Outbox outbox;
    std::array<char, std::size_t{16} * 1024> input = {};
    Clock::time_point now = Clock::now();
    Clock::time_point turn_end;     // until when the connection that is called may begin answers
    std::deque<int> waiting_turns;  // sockets of connections with more to answer
    bool stopping = false;          // no request is taken behind the one being answered
};

// A connection may hold so many bytes whatever all others hold.
inline constexpr std::size_t little_held = std::size_t{16} * 1024;

// An answer whose body is made while it is sent.
struct LongAnswer {
    std::unique_ptr<service::LongBody> body;  // null while a worker makes the next piece
    Framing framing = Framing::chunked;
    std::optional<service::Cost> cost = {};  // whose workers make the pieces; absent: the loop does
    std::size_t held = 0;                    // bytes, by the body when it was last here
    bool finished = false;                   // its last piece is on its way
};

// One client. Reads requests in order, answers a batch of them in one piece, and reads no further
// while its client has not taken the answers. One request at a time may be with the workers; those
// behind it wait, so that answers leave in the order of the requests. A long batch is answered in
// turns of a few milliseconds, and other connections come between them. Of a body that is made
// while it is sent, the next piece is made when the socket has taken the one before.
// Calls that return false say that the connection is over and wants to be destroyed.
class Connection {
public:
    // `over_cap`: answers whatever comes with 503.
    Connection(Descriptor socket, const Workbench& bench, bool over_cap);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // What its socket has to tell.
    bool hear(Workbench& bench);
    // Another turn for the batch that waits for one.
    bool go_on(Workbench& bench);
    // What it waited for is answered.
    bool take(Workbench& bench, Task& task);
    // Says 503, without waiting for a request.
    bool turn_away(Workbench& bench);
    // Called now and then, whether or not the time is up.
    bool check_time(Workbench& bench);
    // The server stops: lets a request that has begun finish.
    bool wind_down(Workbench& bench);
    // Drops what was not sent.
    void cut();

    // Tells the total what it holds; to be called after each of the above.
    void count_buffers();
    // Whether it holds memory until its client takes or sends more.
    bool waits_for_its_client() const;
    // When its client last took or sent what is worth mentioning.
    Clock::time_point progress() const { return progress_; }
    // Lets go of what it holds: so much is held by all that others cannot be answered.
    bool make_room(Workbench& bench);

    bool waits_for_turn() const { return phase_ == Phase::between_turns; }
    bool waits_for(const Task& task) const { return task_.get() == &task; }
    bool over_cap() const { return over_cap_; }
    // A whole request, or a body that is coming, has not been answered in full.
    bool in_flight() const { return phase_ >= Phase::body; }
    observe::ConnectionEnd end() const { return end_; }

private:
    enum class Phase : std::uint8_t {
        idle,       // between requests
        head,       // a head has come in part
        lingering,  // all is said; waits for the client to close, so that it can read to the end
        body,       // a head has come, and its body in part
        sending,    // the client has to take answers first
        answering,  // a request is with the workers; nothing is read meanwhile
        between_turns,  // likewise until the next turn
    };

    bool receive(Workbench& bench);
    bool send(Workbench& bench);
    bool converse(Workbench& bench, std::string_view received);
    bool may_answer(const Workbench& bench) const;
    std::string_view answer_all(Workbench& bench, std::string_view bytes);
    void answer(Workbench& bench, Reading& reading, std::string_view message);
    void hand_over(Workbench& bench,
                   service::Cost cost,
                   Reading& reading,
                   std::string_view message);
    void write(Workbench& bench,
               service::Response&& response,
               const Reading& reading,
               std::optional<service::Cost> cost = {});
    bool go_on_with_body(Workbench& bench);
    bool put_piece(Workbench& bench, service::Piece outcome, std::string&& piece);
    bool take_piece(Workbench& bench, Task& task);
    void drop_bench(Workbench& bench) const;
    void note_progress(const Workbench& bench, std::size_t bytes);
    void refuse(Workbench& bench, int status, std::string_view detail);
    bool receive_end(Workbench& bench);
    bool flush(Workbench& bench);
    bool settle(Workbench& bench);
    Phase next_phase() const;
    static std::chrono::milliseconds timeout_of(Phase phase, const ServerOptions& options);
    bool time_out(Workbench& bench, observe::ConnectionEnd end, std::string_view detail);
    void keep(std::string_view rest);
    bool has_more(const Workbench& bench) const;
    void pause(Workbench& bench, Phase phase);
    void watch(const Workbench& bench, std::uint32_t events);

    Descriptor socket_;
    Phase phase_ = Phase::idle;
    observe::ConnectionEnd end_ = observe::ConnectionEnd::closed;
    bool over_cap_;
    bool answered_ = false;            // since the phase was last settled
    bool closing_ = false;             // nothing is read behind the answers written so far
    std::uint32_t watched_ = EPOLLIN;  // events
    Clock::time_point deadline_;
    std::string pending_;  // received, not yet consumed
    RequestReader reader_;
    std::unique_ptr<Outbox> outbox_;  // while sending
    std::shared_ptr<Task> task_;      // while it is with the workers
    std::unique_ptr<LongAnswer> long_answer_;
    BufferShare share_;
    Clock::time_point progress_;
    std::size_t moved_ = 0;  // bytes since
};

}  // namespace chr21::http
