#include "store/sql/question/connections.hpp"

#include "store/request_deadline.hpp"

#include <algorithm>

namespace chr21::sql {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{50};
constexpr milliseconds longest_pause{2000};
constexpr milliseconds quick{1000};  // for a server to say that a connection is dead

}  // namespace

Connections::Connections(DatabaseAccess place, std::size_t most, milliseconds patience)
    : place_(std::move(place)), most_(most), patience_(patience) {}

std::unique_ptr<Transaction> Connections::begin(Lease& lease, bool again) {
    const auto started = Clock::now();
    try {
        return std::make_unique<Transaction>(lease.session(), Transaction::Kind::reading);
    } catch (const EngineFault&) {
        // One that was silent has cost a caller's time; there is none left for another.
        if (again && lease.was_idle() && Clock::now() - started < quick) throw DeadWhileIdle{};
        throw;
    }
}

Connections::Lease Connections::take() {
    RequestDeadline::check();
    const auto since = Clock::now();
    const auto until =
        std::min(since + patience_, RequestDeadline::current().value_or(Clock::time_point::max()));
    std::unique_lock lock(mutex_);
    for (;;) {
        if (!idle_.empty()) {
            auto session = std::move(idle_.back());
            idle_.pop_back();
            lock.unlock();
            tell_wait(since, false);
            return {*this, std::move(session), true};
        }
        if (open_ < most_ && may_open()) {
            ++open_;
            opening_ = true;
            lock.unlock();
            tell_wait(since, false);
            return {*this, open(), false};
        }
        if (changed_.wait_until(lock, until) == std::cv_status::timeout) {
            lock.unlock();
            tell_wait(since, true);
            RequestDeadline::check();
            throw StoreUnavailable(describe(place_.url) + ": all " + std::to_string(most_) +
                                   " connections are in use");
        }
    }
}

void Connections::tell_wait(Clock::time_point since, bool failed) const {
    if (!place_.told) return;
    place_.told({.kind = Asked::Kind::wait, .took = Clock::now() - since, .failed = failed});
}

// Whoever finds one connection dead takes the other idle ones for dead as well.
Connections::Lease Connections::take_new(Lease dead) {
    std::vector<SessionPointer> old;
    old.push_back(dead.release());
    {
        const std::scoped_lock lock(mutex_);
        open_ -= idle_.size() + 1;
        std::ranges::move(idle_, std::back_inserter(old));
        idle_.clear();
    }
    changed_.notify_all();
    old.clear();
    return take();
}

void Connections::give_back(SessionPointer session, bool is_sound) {
    {
        const std::scoped_lock lock(mutex_);
        if (is_sound) {
            idle_.push_back(std::move(session));
        } else {
            --open_;
        }
    }
    changed_.notify_one();
}

// One attempt at a time; while the database is known to be away, nobody waits for it.
bool Connections::may_open() const {
    const bool is_away = !last_failure_.empty();
    if (is_away && (opening_ || Clock::now() < next_attempt_)) {
        throw StoreUnavailable(last_failure_);
    }
    return !opening_;
}

Connections::SessionPointer Connections::open() {
    try {
        auto session = on_database(
            place_.url, [&] { return std::make_unique<Session>(place_, Access::read_only); });
        end_attempt({});
        return session;
    } catch (const std::exception& fault) {
        end_attempt(fault.what());
        throw;
    }
}

void Connections::end_attempt(const std::string& failure) {
    {
        const std::scoped_lock lock(mutex_);
        opening_ = false;
        last_failure_ = failure;
        if (failure.empty()) {
            pause_ = {};
        } else {
            --open_;
            pause_ = std::clamp(pause_ * 2, first_pause, longest_pause);
            next_attempt_ = Clock::now() + pause_;
        }
    }
    changed_.notify_all();
}

}  // namespace chr21::sql
