#pragma once

#include <cstdint>
#include <mutex>

namespace chr21::http {

// What answers have let go of, the C library keeps for the next ones. Gives it back to the system.
// Safe to use from many threads.
class FreeMemory {
public:
    FreeMemory();

    void give_back();
    // Where the process has grown by 32 MiB since it was smallest or last gave memory back, which
    // is what this answers. To be asked while next to nothing is held; costs some microseconds.
    bool give_back_if_grown();

private:
    std::mutex mutex_;
    std::uint64_t resident_;  // bytes of the process then; under mutex_
};

}  // namespace chr21::http
