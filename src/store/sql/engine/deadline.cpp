#include "store/sql/engine/deadline.hpp"

#include <condition_variable>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>
#include <utility>

#include <sys/socket.h>

namespace chr21::sql {
namespace {

using Clock = std::chrono::steady_clock;

// One thread for all deadlines of the process. It sleeps until the next one and is only woken for
// one that comes earlier, so that a deadline which is kept costs no switch of threads.
class Watch {
public:
    void add(Clock::time_point end, int socket) {
        bool is_earlier = false;
        {
            const std::scoped_lock lock(mutex_);
            pending_.emplace(end, socket);
            is_earlier = end < next_look_;
        }
        if (is_earlier) changed_.notify_one();
    }

    void remove(Clock::time_point end, int socket) {
        const std::scoped_lock lock(mutex_);
        const auto found = pending_.find({end, socket});
        if (found != pending_.end()) pending_.erase(found);
    }

private:
    void run(const std::stop_token& done) {
        std::unique_lock lock(mutex_);
        while (!done.stop_requested()) {
            cut_late(Clock::now());
            const auto next = pending_.empty() ? Clock::time_point::max() : pending_.begin()->first;
            next_look_ = next;
            const auto is_earlier = [&] {
                return !pending_.empty() && pending_.begin()->first < next;
            };
            if (pending_.empty()) {
                changed_.wait(lock, done, is_earlier);
            } else {
                changed_.wait_until(lock, done, next, is_earlier);
            }
        }
    }

    void cut_late(Clock::time_point now) {
        while (!pending_.empty() && pending_.begin()->first <= now) {
            ::shutdown(pending_.begin()->second, SHUT_RDWR);
            pending_.erase(pending_.begin());
        }
    }

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::multiset<std::pair<Clock::time_point, int>> pending_;  // under mutex_
    Clock::time_point next_look_ = Clock::time_point::max();    // under mutex_
    std::jthread thread_{[this](const std::stop_token& done) { run(done); }};
};

Watch& watch() {
    static Watch all;
    return all;
}

}  // namespace

Deadline::Deadline(int socket, std::chrono::milliseconds time)
    : end_(Clock::now() + time), socket_(socket) {
    watch().add(end_, socket_);
}

Deadline::~Deadline() { watch().remove(end_, socket_); }

}  // namespace chr21::sql
