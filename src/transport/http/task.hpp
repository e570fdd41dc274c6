#pragma once

#include "service/response.hpp"
#include "service/service.hpp"
#include "transport/http/request_reader.hpp"

#include <atomic>
#include <string>
#include <string_view>

namespace chr21::http {

class Inbox;

// A request that a worker answers, with all that its views point to, and then its answer.
struct Task {
    using Clock = service::Service::Clock;

    // `message`: the bytes that the reading was made from, which may go after this call.
    Task(
        Reading&& read, std::string_view message, Clock::time_point since, Inbox& home, int socket);
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;

    std::string bytes;
    Reading reading;
    Clock::time_point since;            // when the request had been read
    Inbox* home;                        // where it goes when it is answered
    int socket;                         // of the connection that waits for it
    std::atomic<bool> dropped = false;  // nobody waits any more
    service::Response response = {};
};

}  // namespace chr21::http
