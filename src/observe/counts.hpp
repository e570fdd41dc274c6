#pragma once

#include "observe/connection_end.hpp"
#include "observe/database_work.hpp"
#include "observe/event.hpp"
#include "observe/lane.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace chr21::observe {

// What a label can say; the last name stands for whatever is not listed.
inline constexpr std::array<std::string_view, 5> counted_methods{
    "GET", "HEAD", "POST", "OPTIONS", "other"};
inline constexpr std::array counted_statuses{200, 204, 301, 304, 308, 400, 404, 405, 406, 408, 411,
                                             413, 414, 415, 417, 422, 429, 431, 500, 501, 503, 505};

// Upper bounds of the duration histogram, inclusive; one more bucket takes what is slower.
inline constexpr std::array<std::chrono::nanoseconds, 12> duration_bounds{
    std::chrono::microseconds{100},
    std::chrono::microseconds{250},
    std::chrono::microseconds{500},
    std::chrono::milliseconds{1},
    std::chrono::microseconds{2500},
    std::chrono::milliseconds{5},
    std::chrono::milliseconds{10},
    std::chrono::milliseconds{50},
    std::chrono::milliseconds{100},
    std::chrono::milliseconds{500},
    std::chrono::seconds{1},
    std::chrono::seconds{5}};

// Counts that one route has, about a kilobyte, apart from other threads' cache lines. `Number` is
// atomic where threads count and plain where sums are shown.
template <class Number>
struct alignas(64) RouteCounts {
    std::array<std::array<Number, counted_statuses.size() + 1>, counted_methods.size()> answers{};
    std::array<Number, duration_bounds.size() + 1> durations{};  // not cumulative
    Number nanoseconds{};
    Number bytes{};
};

// Of one kind of work that a database is asked for.
template <class Number>
struct DatabaseCounts {
    std::array<Number, duration_bounds.size() + 1> durations{};  // not cumulative
    Number nanoseconds{};
    Number rows{};
    Number failures{};
};

// Of one lane of workers.
template <class Number>
struct LaneCounts {
    Number queued{};
    Number taken{};
    Number refused{};
};

template <class Number>
struct ServerCounts {
    LaneCounts<Number>& lane(Lane which) { return lanes.at(static_cast<std::size_t>(which)); }

    std::array<Number, connection_end_names.size()> ended{};
    Number opened{};
    Number store_failures{};
    Number bugs{};
    std::array<LaneCounts<Number>, lane_names.size()> lanes{};                  // by Lane
    std::array<DatabaseCounts<Number>, database_work_names.size()> database{};  // by DatabaseWork
};

using Count = std::atomic<std::uint64_t>;
using Sum = std::uint64_t;

struct alignas(64) Shard {
    Shard(std::size_t route_count, bool is_shared) : shared(is_shared), routes(route_count) {}

    bool shared;  // else one thread alone counts here, and needs no locked instruction for it
    std::vector<RouteCounts<Count>> routes;
    ServerCounts<Count> server;
};

struct Totals {
    std::vector<RouteCounts<Sum>> routes;
    ServerCounts<Sum> server;
};

// The shards of one Metrics, made when a thread first counts. There are at most 64, of which the
// last is shared by all threads that find no other, which is slower and still right.
class Shards {
public:
    // `route_count` includes the place of unmatched requests.
    explicit Shards(std::size_t route_count) : route_count_(route_count) {}
    ~Shards();
    Shards(const Shards&) = delete;
    Shards& operator=(const Shards&) = delete;
    Shards(Shards&&) = delete;
    Shards& operator=(Shards&&) = delete;

    // The calling thread's.
    Shard& own();
    Totals add_up() const;

private:
    Shard& make(std::size_t number);

    std::size_t route_count_;
    std::array<std::atomic<Shard*>, 64> shards_{};
};

void count(Shard& shard, const Answered& event);
void count(Shard& shard, const ConnectionEnded& event);
void count(Shard& shard, const DatabaseAsked& event);

}  // namespace chr21::observe
