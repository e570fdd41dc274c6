#include "transport/http/free_memory.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <memory>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace chr21::http {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;

std::uint64_t resident_bytes() {
    std::uint64_t all = 0;
    std::uint64_t resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

// Lets go of 64 MiB below a block that stays, so that the C library keeps what is free.
std::unique_ptr<std::vector<char>> leave_free_memory() {
    constexpr std::size_t block = 1024;
    constexpr std::size_t count = 64 * mebibyte / block;
    std::vector<std::unique_ptr<std::vector<char>>> blocks;
    blocks.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        blocks.push_back(std::make_unique<std::vector<char>>(block, 'x'));
    }
    return std::move(blocks.back());
}

TEST(FreeMemory, IsGivenBackWhereTheProcessHasGrown) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's allocator does not give free memory back";
#endif
    FreeMemory memory;
    const auto now = FreeMemory::Clock::now();
    const auto before = resident_bytes();
    EXPECT_TRUE(memory.give_back_if_grown(now));  // small as it is
    const auto stays = leave_free_memory();
    ASSERT_GT(resident_bytes(), before + (48 * mebibyte));
    EXPECT_TRUE(memory.give_back_if_grown(now));
    EXPECT_LT(resident_bytes(), before + (16 * mebibyte));
}

TEST(FreeMemory, IsNotLookedForAgainAndAgainWhereAllIsInUse) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's allocator does not give free memory back";
#endif
    FreeMemory memory;
    auto now = FreeMemory::Clock::now();
    const std::vector<char> in_use(64 * mebibyte, 'x');
    EXPECT_FALSE(memory.give_back_if_grown(now));  // it may be free a moment later
    for (int turn = 0; turn < 10; ++turn) {
        now += 100s;
        memory.give_back_if_grown(now);
    }
    EXPECT_TRUE(memory.give_back_if_grown(now));
}

}  // namespace
}  // namespace chr21::http
