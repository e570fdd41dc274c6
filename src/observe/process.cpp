#include "observe/process.hpp"

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <system_error>

#include <sys/resource.h>
#include <unistd.h>

namespace chr21::observe {
namespace {

double to_seconds(const timespec& time) {
    return static_cast<double>(time.tv_sec) + (static_cast<double>(time.tv_nsec) / 1e9);
}

double to_seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + (static_cast<double>(time.tv_usec) / 1e6);
}

double read_clock(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return to_seconds(now);
}

}  // namespace

std::optional<double> process_start_time() {
    std::ifstream stat("/proc/self/stat");
    // Field 2 is the program's name in parentheses and may hold blanks; field 22 is the start.
    stat.ignore(std::numeric_limits<std::streamsize>::max(), ')');
    std::string skipped;
    for (int field = 3; field < 22; ++field) stat >> skipped;
    double ticks = 0;
    if (!(stat >> ticks)) return std::nullopt;
    const double since_boot = ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
    return read_clock(CLOCK_REALTIME) - read_clock(CLOCK_BOOTTIME) + since_boot;
}

std::optional<std::uint64_t> resident_memory_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    if (!(statm >> size >> resident)) return std::nullopt;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::optional<std::uint64_t> open_file_descriptors() {
    std::error_code fault;
    std::filesystem::directory_iterator descriptors("/proc/self/fd", fault);
    std::uint64_t count = 0;
    while (!fault && descriptors != std::filesystem::directory_iterator{}) {
        ++count;
        descriptors.increment(fault);
    }
    if (fault || count == 0) return std::nullopt;
    return count - 1;  // the one that reads the folder
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return to_seconds(usage.ru_utime) + to_seconds(usage.ru_stime);
}

}  // namespace chr21::observe
