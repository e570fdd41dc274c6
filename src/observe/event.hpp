#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

namespace chr21::observe {

// What happened, as the code that saw it reports it. Listeners decide what becomes of it.
// The views are valid during the call only.

struct Answered {
    std::string_view request_id;
    std::string_view method;
    std::string_view route;  // the template, "/genes/{gene_stable_id}"; "unmatched" where none fits
    std::uint16_t route_index = 0;  // in the route table; the table's size where none fits
    int status = 0;
    std::uint64_t bytes = 0;  // of the body as sent
    std::chrono::nanoseconds took{};
    bool is_whole = true;  // the body was not cut off
    // As the caller sent them, whole; mostly empty.
    std::string_view traceparent = {};   // W3C Trace Context
    std::string_view trace_header = {};  // X-Amzn-Trace-Id
};

struct StoreFailed {
    std::string_view request_id;
    std::string_view reason;
};

// A fault of ours: an exception that nobody expected.
struct Bug {
    std::string_view request_id;
    std::string_view reason;
};

enum class ConnectionEnd : std::uint8_t {
    closed,            // by the client or after an answer that said so
    header_timeout,    // the head of a request did not arrive in time
    body_timeout,      // nor its body
    idle_timeout,      // nothing was asked for a while
    write_timeout,     // the client did not read its answer
    refused_over_cap,  // there were as many connections as allowed
    broken,            // what came was not HTTP
    buffers_full,      // it was slow while there was no memory for others
    body_fault,        // the rest of an answer could not be made
};

struct ConnectionOpened {};
struct ConnectionEnded {
    ConnectionEnd end = ConnectionEnd::closed;
};

// What a database is asked for.
enum class DatabaseWork : std::uint8_t {
    wait,     // for a connection of a pool; nothing is asked yet
    connect,  // a connection
    select,   // rows, by one statement
    change,   // to change rows or tables, by one statement
    control,  // to begin or end a transaction, or a setting
    bulk,     // to add the rows of a load to one table
};

struct DatabaseAsked {
    DatabaseWork work = DatabaseWork::select;
    std::chrono::nanoseconds took{};
    std::uint64_t rows = 0;  // that came, or were added in bulk
    bool failed = false;
};

// Why a request is answered by a worker.
enum class Lane : std::uint8_t {
    computing,  // it takes long
    waiting,    // it may wait, for a database or a disk
};

// A request waits for a worker ...
struct TaskQueued {
    Lane lane = Lane::computing;
};
// ... which has come ...
struct TaskTaken {
    Lane lane = Lane::computing;
};
// ... or as many wait as may, and it is not answered.
struct TaskRefused {
    Lane lane = Lane::computing;
};

struct Started {
    std::string_view address;  // "http://127.0.0.1:8000"; of the Runtime API under AWS Lambda
    std::string_view dataset;
    std::uint64_t gene_count = 0;
    unsigned threads = 0;
    std::string_view loaded_at = {};  // of the dataset: UTC, "2026-11-22T14:03:09Z"
    std::chrono::nanoseconds took{};  // since the program began; 0 where nobody has counted
};

// Another dataset is answered from than before.
struct DatasetSwitched {
    std::string_view dataset;
    std::uint64_t gene_count = 0;
};

// Nobody can look whether another dataset has become active, and why; answers go on.
struct DatasetStale {
    std::string_view reason;
};
// Now somebody could.
struct DatasetFresh {};

// Of an event that AWS Lambda handed over: it was answered with a failure ...
struct InvocationFailed {
    std::string_view type;  // "Function.UnknownEvent"
    std::string_view reason;
};
// ... or answered for those who still work on it, for its budget is over ...
struct InvocationOverdue {
    std::chrono::nanoseconds took{};
};
// ... or its answer was not taken.
struct AnswerRefused {
    std::string_view reason;
};

struct Stopping {
    std::string_view reason;  // "SIGTERM"
};

struct Stopped {
    std::uint64_t unfinished = 0;  // connections that were cut because the time was up
};

// Something an operator should know and nobody asked for, such as a database file just made.
struct Notice {
    std::string_view message;
};

using Event = std::variant<Answered,
                           StoreFailed,
                           Bug,
                           ConnectionOpened,
                           ConnectionEnded,
                           DatabaseAsked,
                           TaskQueued,
                           TaskTaken,
                           TaskRefused,
                           Started,
                           DatasetSwitched,
                           DatasetStale,
                           DatasetFresh,
                           InvocationFailed,
                           InvocationOverdue,
                           AnswerRefused,
                           Stopping,
                           Stopped,
                           Notice>;

// Called from any thread, so a listener guards what it shares. Must not throw.
using Observer = std::function<void(const Event&)>;

}  // namespace chr21::observe
