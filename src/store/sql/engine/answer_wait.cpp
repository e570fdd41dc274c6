#include "store/sql/engine/answer_wait.hpp"

#include <algorithm>
#include <cstdint>

#include <poll.h>
#include <sys/socket.h>

namespace chr21::sql {
namespace {

using Clock = std::chrono::steady_clock;

// Rounded up, so that the time is up when the wait is.
int milliseconds_until(Clock::time_point until) {
    constexpr std::int64_t longest = 1'000'000;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, longest));
}

}  // namespace

void wait_for_answer(int socket, Clock::time_point until) {
    pollfd waiting{.fd = socket, .events = POLLIN, .revents = 0};
    while (::poll(&waiting, 1, milliseconds_until(until)) <= 0) {
        if (Clock::now() < until) continue;
        ::shutdown(socket, SHUT_RDWR);
        return;
    }
}

}  // namespace chr21::sql
