#pragma once

#include "observe/event.hpp"
#include "service/service.hpp"
#include "transport/http/task.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace chr21::http {

struct WorkerSettings {
    observe::Lane lane = observe::Lane::computing;
    unsigned threads = 1;            // at most; each begins when there is something for it to do
    std::size_t queue_limit = 1024;  // tasks that no thread has taken yet
};

// Threads that answer what would hold up a loop, in the order in which it came. They give way to
// the loops wherever both want the processor. Safe to use from many threads.
class Workers {
public:
    // The service and the observer must outlive it.
    Workers(const WorkerSettings& settings,
            const service::Service& service,
            const observe::Observer& observer);
    // Waits for the answers that are being made.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // Its answer comes home by the task's inbox, unless it has been dropped before it was begun.
    // False, and nothing comes of it, where as many tasks wait as may, or no thread can be had; a
    // piece of a body waits in any case.
    bool put(std::shared_ptr<Task> task);

    // Lets every thread let go of a dataset that is no longer the active one.
    void let_go_of_old_dataset();

    // Begins nothing more. Does not wait.
    void stop();
    // Whether an answer is being made.
    bool busy() const;

private:
    bool has_thread_for_one_more();
    void work();
    void answer(std::shared_ptr<Task> task) const;

    WorkerSettings settings_;
    const service::Service* service_;
    const observe::Observer* observer_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Task>> queue_;  // this and all below under mutex_
    std::size_t idle_ = 0;                     // threads that wait for a task
    std::size_t busy_ = 0;
    std::uint64_t switches_ = 0;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace chr21::http
