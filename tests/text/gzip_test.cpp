#include "text/gzip.hpp"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::text {
namespace {

using namespace std::string_view_literals;

// "chr21" as one member, made by `printf chr21 | gzip -n`.
constexpr auto member =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\xce\x28\x32\x32\x04\x00\x19\xcd\xf9\x0d\x05\x00"
    "\x00\x00"sv;

std::string several(int count) {
    std::string bytes;
    for (; count > 0; --count) bytes += member;
    return bytes;
}

TEST(Gzip, IsKnownByItsFirstBytes) {
    EXPECT_TRUE(is_gzip(member));
    EXPECT_FALSE(is_gzip(member.substr(1)));
    EXPECT_FALSE(is_gzip("\x1f"));
    EXPECT_FALSE(is_gzip(""));
}

TEST(InflateGzip, PutsMembersOneAfterAnother) {
    EXPECT_EQ(inflate_gzip(member, 5), "chr21");
    EXPECT_EQ(inflate_gzip(several(3), 15), "chr21chr21chr21");
    EXPECT_EQ(inflate_gzip(several(1) + std::string(9, '\0'), 5), "chr21");
}

TEST(InflateGzip, SaysWhatIsWrong) {
    auto damaged = several(1);
    damaged[18] = static_cast<char>(~damaged[18]);  // in the checksum
    struct Case {
        std::string bytes, complaint;
    };
    for (const auto& [bytes, complaint] : std::array{
             Case{std::string(member.substr(0, 20)), "cut off"},
             Case{several(1) + std::string(member.substr(0, 4)), "cut off"},
             Case{damaged, "damaged"},
             Case{several(1) + "x", "other bytes after"},
             Case{several(2), "longer than 9 bytes"},
         }) {
        const auto text = inflate_gzip(bytes, 9);
        ASSERT_FALSE(text) << complaint;
        EXPECT_THAT(text.error(), ::testing::HasSubstr(complaint));
    }
}

}  // namespace
}  // namespace chr21::text
