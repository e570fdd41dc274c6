#pragma once

#include "transport/http/connection.hpp"
#include "transport/http/descriptor.hpp"
#include "transport/http/free_memory.hpp"
#include "transport/http/inbox.hpp"
#include "transport/http/listener.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <sys/epoll.h>

namespace chr21::http {

class Loop;

// What the loops of one server share. Outlives them.
struct Shared {
    const ServerOptions* options;
    const service::Service* service;
    const observe::Observer* observer;
    BufferTotal* buffers;
    FreeMemory* free_memory;
    Workers* computing;
    Workers* waiting;
    const Listener* listener;
    int stop_event;      // readable from the moment the server is to stop
    int switched_event;  // written to when another dataset has become active
    std::atomic<unsigned> open_connections = 0;
    std::vector<Loop*> loops;  // complete before the first of them runs
};

// One thread's part of a server: owns connections until they end. Level-triggered epoll: each
// request costs one recv and one send, and nothing has to be armed again. Every loop accepts, and
// hands what it got to the loop with the fewest connections: the kernel wakes the same one first
// again and again.
class Loop {
public:
    // Throws std::system_error when the kernel gives no epoll instance or eventfd.
    explicit Loop(Shared& shared);

    // Until the server has stopped. Returns how many connections were cut with a request in flight.
    std::uint64_t run();

private:
    void dispatch(const epoll_event& event);
    void take_in();
    void go_on_or_end(std::unique_ptr<Connection>& connection, bool stays);
    void relieve();
    void go_on_with_one();
    void accept_some(int limit);
    void place(Descriptor socket);
    void admit(Descriptor socket);
    void pause_accepting(int error);
    void begin_stop();
    void sweep();
    void give_memory_back();
    void end(std::unique_ptr<Connection>& connection);
    std::uint64_t cut_all();
    bool finished() const;
    int patience() const;
    void report(const observe::Event& event) const { (*shared_->observer)(event); }

    Shared* shared_;
    Descriptor epoll_;
    std::unique_ptr<Workbench> bench_;
    std::vector<std::unique_ptr<Connection>> connections_;  // by the number of their socket
    Inbox inbox_;
    std::atomic<std::size_t> load_ = 0;  // connections here and in the inbox
    std::size_t over_cap_count_ = 0;
    bool accepting_ = false;
    bool may_have_grown_ = false;  // since the memory was last looked at
    std::chrono::milliseconds sweep_period_;
    Clock::time_point next_sweep_;
    Clock::time_point next_relief_;
    Clock::time_point next_trim_;
    Clock::time_point stop_deadline_;
};

}  // namespace chr21::http
