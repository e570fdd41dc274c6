#include "transport/http/inbox.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <sys/eventfd.h>

namespace chr21::http {

Inbox::Inbox() : waiting_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!waiting_.open()) throw std::system_error(errno, std::generic_category(), "eventfd");
}

void Inbox::put(Descriptor socket) {
    const std::scoped_lock lock(mutex_);
    content_.sockets.push_back(std::move(socket));
    ::eventfd_write(waiting_.number(), 1);
}

void Inbox::put(std::shared_ptr<Task> task) {
    const std::scoped_lock lock(mutex_);
    content_.tasks.push_back(std::move(task));
    ::eventfd_write(waiting_.number(), 1);
}

Inbox::Content Inbox::take_all() {
    const std::scoped_lock lock(mutex_);
    eventfd_t count = 0;
    ::eventfd_read(waiting_.number(), &count);
    return std::exchange(content_, {});
}

}  // namespace chr21::http
