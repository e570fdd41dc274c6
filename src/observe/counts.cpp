#include "observe/counts.hpp"

#include <algorithm>
#include <iterator>

namespace chr21::observe {
namespace {

void add(const Shard& shard, Count& count, Sum amount) {
    if (shard.shared) {
        count.fetch_add(amount, std::memory_order_relaxed);
    } else {
        count.store(count.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
}

// Where `value` stands in `listed`; one past its end when it is not there.
template <class Listed, class Value>
std::size_t place_of(const Listed& listed, const Value& value) {
    return static_cast<std::size_t>(
        std::distance(listed.begin(), std::ranges::find(listed, value)));
}

std::size_t method_place(std::string_view method) {
    return std::min(place_of(counted_methods, method), counted_methods.size() - 1);
}

std::size_t duration_place(std::chrono::nanoseconds took) {
    // Most answers take next to no time.
    const auto* const bound =
        std::ranges::find_if(duration_bounds, [took](auto limit) { return took <= limit; });
    return static_cast<std::size_t>(std::distance(duration_bounds.begin(), bound));
}

// Threads are numbered as they first count anything.
std::size_t thread_number() {
    static std::atomic<std::size_t> threads{0};
    thread_local const std::size_t number = threads.fetch_add(1, std::memory_order_relaxed);
    return number;
}

template <std::size_t Size>
void add_up(std::array<Sum, Size>& sums, const std::array<Count, Size>& counts) {
    for (std::size_t i = 0; i < Size; ++i) sums[i] += counts[i].load(std::memory_order_relaxed);
}

void add_up(Sum& sum, const Count& count) { sum += count.load(std::memory_order_relaxed); }

void add_up(RouteCounts<Sum>& sums, const RouteCounts<Count>& counts) {
    for (std::size_t i = 0; i < sums.answers.size(); ++i) {
        add_up(sums.answers[i], counts.answers[i]);
    }
    add_up(sums.durations, counts.durations);
    add_up(sums.nanoseconds, counts.nanoseconds);
    add_up(sums.bytes, counts.bytes);
}

void add_up(ServerCounts<Sum>& sums, const ServerCounts<Count>& counts) {
    add_up(sums.ended, counts.ended);
    add_up(sums.opened, counts.opened);
    add_up(sums.store_failures, counts.store_failures);
    add_up(sums.bugs, counts.bugs);
    for (std::size_t i = 0; i < sums.lanes.size(); ++i) {
        add_up(sums.lanes[i].queued, counts.lanes[i].queued);
        add_up(sums.lanes[i].taken, counts.lanes[i].taken);
        add_up(sums.lanes[i].refused, counts.lanes[i].refused);
    }
    for (std::size_t i = 0; i < sums.database.size(); ++i) {
        add_up(sums.database[i].durations, counts.database[i].durations);
        add_up(sums.database[i].nanoseconds, counts.database[i].nanoseconds);
        add_up(sums.database[i].rows, counts.database[i].rows);
        add_up(sums.database[i].failures, counts.database[i].failures);
    }
}

}  // namespace

Shards::~Shards() {
    for (const auto& shard : shards_) const std::unique_ptr<Shard> owned{shard.load()};
}

Shard& Shards::own() {
    const auto number = std::min(thread_number(), shards_.size() - 1);
    Shard* const shard = shards_[number].load(std::memory_order_acquire);
    return shard != nullptr ? *shard : make(number);
}

Shard& Shards::make(std::size_t number) {
    auto& place = shards_[number];
    auto made = std::make_unique<Shard>(route_count_, number == shards_.size() - 1);
    Shard* present = nullptr;
    if (place.compare_exchange_strong(present, made.get(), std::memory_order_acq_rel)) {
        return *made.release();
    }
    return *present;
}

Totals Shards::add_up() const {
    Totals totals{.routes = std::vector<RouteCounts<Sum>>(route_count_), .server = {}};
    for (const auto& place : shards_) {
        const Shard* const shard = place.load(std::memory_order_acquire);
        if (shard == nullptr) continue;
        for (std::size_t i = 0; i < route_count_; ++i) {
            observe::add_up(totals.routes[i], shard->routes[i]);
        }
        observe::add_up(totals.server, shard->server);
    }
    return totals;
}

void count(Shard& shard, const Answered& event) {
    const std::size_t unmatched = shard.routes.size() - 1;
    auto& route = shard.routes[std::min<std::size_t>(event.route_index, unmatched)];
    const std::size_t status = place_of(counted_statuses, event.status);
    const auto nanoseconds = static_cast<Sum>(std::max<std::int64_t>(event.took.count(), 0));
    add(shard, route.answers[method_place(event.method)][status], 1);
    add(shard, route.durations[duration_place(event.took)], 1);
    add(shard, route.nanoseconds, nanoseconds);
    add(shard, route.bytes, event.bytes);
}

void count(Shard& shard, const DatabaseAsked& event) {
    auto& counts = shard.server.database.at(static_cast<std::size_t>(event.work));
    add(shard, counts.durations[duration_place(event.took)], 1);
    add(shard, counts.nanoseconds, static_cast<Sum>(std::max<std::int64_t>(event.took.count(), 0)));
    add(shard, counts.rows, event.rows);
    add(shard, counts.failures, event.failed ? 1 : 0);
}

void count(Shard& shard, const ConnectionEnded& event) {
    add(shard, shard.server.ended[static_cast<std::size_t>(event.end)], 1);
}

}  // namespace chr21::observe
