#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace chr21::cli {

// Bytes of memory that the kernel allows this process and its neighbours in a container, the least
// of all control groups around it, of version 2 and 1; absent where there is no limit. `root` is
// where /proc and /sys are.
std::optional<std::uint64_t> container_limit(const std::filesystem::path& root = "/");

// Bytes of memory that there are to share out: the container's limit, or else all of the machine's.
std::uint64_t memory_to_share(const std::filesystem::path& root = "/");

// What a catalog may take where nobody says: 1 GiB, and in a container 40 % of its limit at most.
std::uint64_t standard_memory_limit(std::optional<std::uint64_t> container_limit);

// What requests and answers under way may take where nobody says: an eighth of the memory that
// there is to share, and 1 GiB at most.
std::uint64_t standard_buffer_limit(std::uint64_t memory_to_share);

}  // namespace chr21::cli
