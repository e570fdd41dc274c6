#pragma once

#include <string_view>

namespace chr21::observe {

// What AWS Lambda says of the event that a thread is answering. What was not said is empty.
struct InvocationFacts {
    std::string_view request_id;  // Lambda's
    std::string_view trace_id;    // the X-Ray header whole
    bool is_first = false;        // of this process: it waited for the start
};

// Listeners that are called in this thread can ask for the facts while this object lives. One at a
// time in each thread.
class CurrentInvocation {
public:
    // `facts` must outlive this, with what its views show.
    explicit CurrentInvocation(const InvocationFacts& facts);
    ~CurrentInvocation();
    CurrentInvocation(const CurrentInvocation&) = delete;
    CurrentInvocation& operator=(const CurrentInvocation&) = delete;
    CurrentInvocation(CurrentInvocation&&) = delete;
    CurrentInvocation& operator=(CurrentInvocation&&) = delete;

    // This thread's; null where it answers no event, as it never does outside Lambda.
    static const InvocationFacts* find();
};

}  // namespace chr21::observe
