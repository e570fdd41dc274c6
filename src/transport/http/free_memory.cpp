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

void trim() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

}  // namespace

FreeMemory::FreeMemory() : resident_(resident_bytes()) {}

void FreeMemory::give_back() {
    const std::scoped_lock lock(mutex_);
    trim();
    resident_ = resident_bytes();
}

bool FreeMemory::give_back_if_grown() {
    constexpr std::uint64_t worth_it = std::uint64_t{32} << 20U;
    const std::scoped_lock lock(mutex_);
    const auto now = resident_bytes();
    resident_ = std::min(resident_, now);
    if (now - resident_ < worth_it) return false;
    trim();
    resident_ = resident_bytes();
    return true;
}

}  // namespace chr21::http
