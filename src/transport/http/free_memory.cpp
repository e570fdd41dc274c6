#include "transport/http/free_memory.hpp"

#include <algorithm>
#include <fstream>

#include <malloc.h>
#include <unistd.h>

namespace chr21::http {
namespace {

// The second number of the file, see proc(5); 0 where there is no such file.
std::uint64_t resident_bytes() {
    std::uint64_t all = 0;
    std::uint64_t resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

constexpr std::chrono::seconds shortest_pause{1};
constexpr std::chrono::seconds longest_pause{64};

void trim() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

}  // namespace

FreeMemory::FreeMemory() : smallest_(resident_bytes()), pause_(shortest_pause) {}

void FreeMemory::give_back() {
    const std::scoped_lock lock(mutex_);
    trim();
    after_last_ = resident_bytes();
}

bool FreeMemory::give_back_if_grown(Clock::time_point now) {
    constexpr std::uint64_t worth_it = std::uint64_t{32} << 20U;
    constexpr std::uint64_t in_vain = std::uint64_t{8} << 20U;
    const std::scoped_lock lock(mutex_);
    const auto before = resident_bytes();
    smallest_ = std::min(smallest_, before);
    if (before < smallest_ + worth_it) return true;
    if (now < not_before_ && before < after_last_ + worth_it) return pause_ == longest_pause;
    trim();
    after_last_ = resident_bytes();
    const bool gave = after_last_ + in_vain <= before;
    pause_ = gave ? shortest_pause : std::min(pause_ * 2, longest_pause);
    not_before_ = now + pause_;
    return after_last_ < smallest_ + worth_it || pause_ == longest_pause;
}

}  // namespace chr21::http
