#include "transport/http/workers.hpp"

#include "transport/http/inbox.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

namespace chr21::http {
namespace {

// Where it is not allowed, the threads are as good as any other. Linux counts both by thread.
void give_way_to_others() {
    constexpr int niceness = 10;
    const sched_param none{};
    ::pthread_setschedparam(::pthread_self(), SCHED_BATCH, &none);
    ::setpriority(PRIO_PROCESS, 0, niceness);
}

// Compressed pieces are short, so as many as make up for the way to the worker and back.
void make_piece(Task& task) {
    do {
        task.outcome = task.body->next(task.piece);
    } while (task.outcome == service::Piece::given && task.piece.size() < service::piece_size &&
             !task.dropped);
}

}  // namespace

Workers::Workers(const WorkerSettings& settings,
                 const service::Service& service,
                 const observe::Observer& observer)
    : settings_(settings), service_(&service), observer_(&observer) {}

Workers::~Workers() {
    stop();
    for (auto& thread : threads_) thread.join();
}

bool Workers::put(std::shared_ptr<Task> task) {
    {
        const std::scoped_lock lock(mutex_);
        const bool is_full = task->body == nullptr && queue_.size() >= settings_.queue_limit;
        if (stopped_ || is_full || !has_thread_for_one_more()) {
            (*observer_)(observe::TaskRefused{settings_.lane});
            return false;
        }
        queue_.push_back(std::move(task));
        (*observer_)(observe::TaskQueued{settings_.lane});
    }
    changed_.notify_one();
    return true;
}

bool Workers::has_thread_for_one_more() {
    if (queue_.size() < idle_ || threads_.size() >= settings_.threads) return true;
    try {
        threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
        return !threads_.empty();
    }
    return true;
}

void Workers::let_go_of_old_dataset() {
    {
        const std::scoped_lock lock(mutex_);
        ++switches_;
    }
    changed_.notify_all();
}

void Workers::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
}

bool Workers::busy() const {
    const std::scoped_lock lock(mutex_);
    return busy_ > 0;
}

void Workers::work() {
    give_way_to_others();
    std::unique_lock lock(mutex_);
    for (auto seen = switches_;;) {
        ++idle_;
        changed_.wait(lock, [&] { return stopped_ || !queue_.empty() || switches_ != seen; });
        --idle_;
        if (stopped_) return;
        if (switches_ != seen) {
            seen = switches_;
            lock.unlock();
            service_->let_go_of_old_dataset();
            lock.lock();
            continue;
        }
        auto task = std::move(queue_.front());
        queue_.pop_front();
        ++busy_;
        lock.unlock();
        answer(std::move(task));
        lock.lock();
        --busy_;
    }
}

void Workers::answer(std::shared_ptr<Task> task) const {
    (*observer_)(observe::TaskTaken{settings_.lane});
    if (task->dropped) return;
    if (task->body) {
        make_piece(*task);
    } else {
        task->response = service_->answer(task->reading.request, task->since);
    }
    auto& home = *task->home;
    home.put(std::move(task));
}

}  // namespace chr21::http
