#pragma once

#include "transport/http/descriptor.hpp"
#include "transport/http/task.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace chr21::http {

// What other threads hand to a loop: sockets, and tasks that have been answered.
class Inbox {
public:
    struct Content {
        std::vector<Descriptor> sockets;
        std::vector<std::shared_ptr<Task>> tasks;
    };

    // Throws std::system_error when the kernel gives no eventfd.
    Inbox();

    // Readable while there is something to take.
    int number() const { return waiting_.number(); }

    void put(Descriptor socket);
    void put(std::shared_ptr<Task> task);
    Content take_all();

private:
    Descriptor waiting_;
    std::mutex mutex_;
    Content content_;  // under mutex_
};

}  // namespace chr21::http
