#pragma once

#include "service/response.hpp"
#include "service/service.hpp"
#include "transport/http/request_reader.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace chr21::http {

class Inbox;

// A request that a worker answers, with all that its views point to, and then its answer; or a long
// body of which it makes the next piece, and then that piece.
struct Task {
    using Clock = service::Service::Clock;

    // A request that costs so much. `message`: the bytes that the reading was made from, which may
    // go after this call.
    Task(Reading&& read,
         std::string_view message,
         service::Cost much,
         Clock::time_point begun,
         Inbox& where,
         int number);
    // The next piece of a body whose request cost so much.
    Task(std::unique_ptr<service::LongBody> rest, service::Cost much, Inbox& where, int number);
    ~Task();
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;

    std::string bytes = {};
    Reading reading = {};
    service::Cost cost;
    Clock::time_point since = {};       // when the request had been read
    Inbox* home;                        // where it goes when it is done
    int socket;                         // of the connection that waits for it
    std::atomic<bool> dropped = false;  // nobody waits any more
    service::Response response = {};

    std::unique_ptr<service::LongBody> body = {};    // null: the task is a request
    std::string piece = {};                          // one or several, with the end perhaps none
    service::Piece outcome = service::Piece::given;  // what the last of them was
};

}  // namespace chr21::http
