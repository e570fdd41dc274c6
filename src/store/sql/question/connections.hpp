#pragma once

#include "store/sql/engine/transaction.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace chr21::sql {

// A bounded number of read-only connections to one database, opened when they are first needed and
// opened anew when they break. Safe to use from many threads.
class Connections {
public:
    // `patience` is how long a caller waits for a connection that others have.
    Connections(DatabaseAccess place, std::size_t most, std::chrono::milliseconds patience);

    // Answers a question in one read-only transaction. Where a connection that had been idle turns
    // out to be dead, the question is asked again: others may give back dead ones meanwhile, so on
    // as many as there can be. Throws StoreUnavailable when no connection comes free in time,
    // none can be opened or the engine fails, and DeadlineExceeded when that takes longer than this
    // thread's request has left.
    template <class Question>
    auto ask(const Question& question) -> decltype(question(std::declval<Session&>())) {
        auto lease = take();
        for (auto tries_left = most_;; --tries_left) {
            try {
                return on_database(place_.url,
                                   [&] { return answer(lease, question, tries_left > 0); });
            } catch (const DeadWhileIdle&) {
                lease = take_new(std::move(lease));
            }
        }
    }

private:
    using Clock = std::chrono::steady_clock;
    using SessionPointer = std::unique_ptr<Session>;

    struct DeadWhileIdle {};

    // A connection that is in use; given back, or closed when something went wrong with it.
    class Lease {
    public:
        Lease(Connections& owner, SessionPointer session, bool was_idle)
            : owner_(&owner), session_(std::move(session)), was_idle_(was_idle) {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&& other) noexcept = default;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() {
            if (session_ != nullptr) owner_->give_back(std::move(session_), is_sound_);
        }

        Session& session() { return *session_; }
        bool was_idle() const { return was_idle_; }
        void is_sound() { is_sound_ = true; }
        SessionPointer release() { return std::move(session_); }

    private:
        Connections* owner_;
        SessionPointer session_;
        bool was_idle_;
        bool is_sound_ = false;
    };

    template <class Question>
    auto answer(Lease& lease, const Question& question, bool again)
        -> decltype(question(lease.session())) {
        auto transaction = begin(lease, again);
        auto result = question(lease.session());
        transaction->commit();
        lease.is_sound();
        return result;
    }

    static std::unique_ptr<Transaction> begin(Lease& lease, bool again);
    Lease take();
    void tell_wait(Clock::time_point since, bool failed) const;
    Lease take_new(Lease dead);
    void give_back(SessionPointer session, bool is_sound);
    bool may_open() const;
    SessionPointer open();
    void end_attempt(const std::string& failure);

    DatabaseAccess place_;
    std::size_t most_;
    std::chrono::milliseconds patience_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<SessionPointer> idle_;
    std::size_t open_ = 0;  // idle, in use or being opened
    bool opening_ = false;
    std::string last_failure_;  // of the last attempt to connect; empty: it did
    std::chrono::milliseconds pause_{};
    Clock::time_point next_attempt_{};
};

}  // namespace chr21::sql
