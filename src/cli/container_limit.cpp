#include "cli/container_limit.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>

#include <unistd.h>

namespace chr21::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30U;
// Version 1 says "no limit" by a number near that of all addresses.
constexpr auto no_limit = std::uint64_t{1} << 60U;

// What a file of one number says; absent for "max", and where there is none.
std::optional<std::uint64_t> read_number(const fs::path& file) {
    std::ifstream stream(file);
    std::string text;
    if (!(stream >> text)) return {};
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

// The least number that files of this name say, from the group up to the root of all groups. A
// container often sees its own group as that root, whatever the path says.
std::uint64_t least_around(const fs::path& groups, const fs::path& group, const char* file) {
    auto least = std::numeric_limits<std::uint64_t>::max();
    for (auto at = group.relative_path();; at = at.parent_path()) {
        if (const auto number = read_number(groups / at / file)) least = std::min(least, *number);
        if (at.empty()) return least;
    }
}

// Rounded down, so that it reads well; less than one is one.
std::uint64_t whole_mebibytes(std::uint64_t bytes) {
    constexpr auto mebibyte = std::uint64_t{1} << 20U;
    return std::max(bytes / mebibyte, std::uint64_t{1}) * mebibyte;
}

bool names_memory(std::string_view controllers) {
    while (!controllers.empty()) {
        const auto end = std::min(controllers.find(','), controllers.size());
        if (controllers.substr(0, end) == "memory") return true;
        controllers.remove_prefix(std::min(end + 1, controllers.size()));
    }
    return false;
}

}  // namespace

std::optional<std::uint64_t> container_limit(const fs::path& root) {
    const auto groups = root / "sys/fs/cgroup";
    auto least = std::numeric_limits<std::uint64_t>::max();
    std::ifstream lines(root / "proc/self/cgroup");
    for (std::string line; std::getline(lines, line);) {  // "0::/a/b", "9:memory:/a/b"
        const auto first = line.find(':');
        const auto second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const auto controllers = std::string_view(line).substr(first + 1, second - first - 1);
        const fs::path group = line.substr(second + 1);
        if (controllers.empty()) least = std::min(least, least_around(groups, group, "memory.max"));
        if (names_memory(controllers)) {
            least =
                std::min(least, least_around(groups / "memory", group, "memory.limit_in_bytes"));
        }
    }
    if (least >= no_limit) return {};
    return least;
}

std::uint64_t memory_to_share(const fs::path& root) {
    const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 0L));
    const auto page_size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    const auto physical = pages * page_size;
    return std::min(container_limit(root).value_or(physical), physical);
}

std::uint64_t standard_memory_limit(std::optional<std::uint64_t> container_limit) {
    constexpr std::uint64_t percent = 40;
    return std::min(gibibyte, whole_mebibytes(container_limit.value_or(no_limit) / 100 * percent));
}

std::uint64_t standard_buffer_limit(std::uint64_t memory_to_share) {
    constexpr std::uint64_t share = 8;
    return std::min(gibibyte, whole_mebibytes(memory_to_share / share));
}

}  // namespace chr21::cli
