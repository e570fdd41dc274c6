#include "transport/http/buffer_total.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::http {
namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;

TEST(BufferTotal, IsTheSumOfItsShares) {
    BufferTotal total(100);
    BufferShare one(total);
    one.hold(60);
    EXPECT_FALSE(total.is_reached());
    {
        BufferShare other(total);
        other.hold(50);
        EXPECT_EQ(total.held(), 110U);
        EXPECT_TRUE(total.is_reached());
        other.hold(40);
        EXPECT_TRUE(total.is_reached());
        other.hold(39);
        EXPECT_FALSE(total.is_reached());
    }
    EXPECT_EQ(total.held(), 60U);
    one.hold(0);
    EXPECT_EQ(total.held(), 0U);
}

TEST(BufferTotal, TellsOnceThatMostOfAPeakIsGone) {
    BufferTotal total(1000 * mebibyte);
    BufferShare share(total);
    share.hold(15 * mebibyte);
    share.hold(0);
    EXPECT_FALSE(total.take_peak());  // not worth it
    share.hold(80 * mebibyte);
    EXPECT_FALSE(total.take_peak());
    share.hold(21 * mebibyte);
    EXPECT_FALSE(total.take_peak());
    share.hold(20 * mebibyte);
    EXPECT_TRUE(total.take_peak());
    EXPECT_FALSE(total.take_peak());
    share.hold(0);
    EXPECT_TRUE(total.take_peak());  // of the 20 that were left
    EXPECT_FALSE(total.take_peak());
}

TEST(BufferTotal, LosesNothingAmongThreads) {
    BufferTotal total(1);
    {
        std::vector<std::jthread> threads;
        threads.reserve(4);
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                BufferShare share(total);
                for (std::size_t bytes = 0; bytes < 10'000; ++bytes) share.hold(bytes % 977);
            });
        }
    }
    EXPECT_EQ(total.held(), 0U);
}

}  // namespace
}  // namespace chr21::http
