#pragma once

#include <cstdint>
#include <optional>

namespace chr21::observe {

// This process as the Linux kernel sees it; absent where /proc cannot be read.
std::optional<double> process_start_time();  // seconds since 1970, to 10 ms
std::optional<std::uint64_t> resident_memory_bytes();
std::optional<std::uint64_t> open_file_descriptors();

// Seconds of user and system time, of all threads.
double cpu_seconds();

}  // namespace chr21::observe
