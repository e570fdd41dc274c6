#pragma once

#include "observe/event.hpp"
#include "transport/lambda/address.hpp"
#include "transport/lambda/invocation.hpp"

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>

namespace chr21::lambda {

struct LoopOptions {
    Address runtime_api;
    unsigned pollers = 1;  // invocations at a time: AWS_LAMBDA_MAX_CONCURRENCY
    // From an event received to its answer made; less where the function ends sooner.
    std::chrono::milliseconds request_deadline{5'000};
    std::chrono::milliseconds shutdown_timeout{10'000};  // for invocations under way at a stop
};

// What is done with invocations. `out_of_time` answers one, and at once, whose budget is over
// while `answer` still works on it.
struct Work {
    Handler answer;
    Handler out_of_time;
};

// Asks AWS Lambda for events and posts their answers, in as many threads as there may be
// invocations at a time. No thread wakes between two events. An invocation is answered by the end
// of its budget whether or not the platform would end it then; what still works on it then is let
// go on, and its answer is thrown away.
class Loop {
public:
    // `observer` must outlive this, with all that `work` uses.
    Loop(LoopOptions options, Work work, const observe::Observer& observer);
    // Waits for whatever still works on an invocation.
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    Loop(Loop&&) = delete;
    Loop& operator=(Loop&&) = delete;

    // Until stop() was called and invocations under way are answered, or the shutdown timeout is
    // over: how many were not. An error, one line for people, where no further event can be asked
    // for or answered; the process should end with a failure then. Call once.
    std::expected<std::uint64_t, std::string> run();

    // Whether somebody still works on an invocation; the destructor waits for it.
    bool is_answering() const;

    // From any thread, more than once.
    void stop() noexcept;

private:
    struct Interior;
    std::unique_ptr<Interior> interior_;
};

}  // namespace chr21::lambda
