#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

namespace chr21::http {

// What answers have let go of, the C library keeps for the next ones. Gives it back to the system.
// Safe to use from many threads.
class FreeMemory {
public:
    using Clock = std::chrono::steady_clock;

    FreeMemory();

    void give_back();
    // Gives back where the process is 32 MiB larger than it was at its smallest, but after giving
    // back in vain not soon again unless it has grown as much since. To be asked while next to
    // nothing is held; costs some microseconds. Answers whether there is no more to be had: it is
    // small, or what it has is in use.
    bool give_back_if_grown(Clock::time_point now);

private:
    std::mutex mutex_;
    // All under mutex_; in bytes.
    std::uint64_t smallest_;
    std::uint64_t after_last_ = 0;
    std::chrono::seconds pause_;
    Clock::time_point not_before_;
};

}  // namespace chr21::http
