#pragma once

#include "transport/http/descriptor.hpp"

#include <mutex>
#include <vector>

namespace chr21::http {

// Sockets that other threads hand to a loop.
class Inbox {
public:
    // Throws std::system_error when the kernel gives no eventfd.
    Inbox();

    // Readable while there are sockets to take.
    int number() const { return waiting_.number(); }

    void put(Descriptor socket);
    std::vector<Descriptor> take_all();

private:
    Descriptor waiting_;
    std::mutex mutex_;
    std::vector<Descriptor> sockets_;
};

}  // namespace chr21::http
