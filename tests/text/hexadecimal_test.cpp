#include "text/hexadecimal.hpp"

#include <charconv>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chr21::text {
namespace {

std::string digits_of(std::uint64_t number) {
    const auto digits = hexadecimal(number);
    return {digits.data(), digits.size()};
}

TEST(Hexadecimal, WritesNumbersWithAllTheirDigits) {
    EXPECT_EQ(digits_of(0), "0000000000000000");
    EXPECT_EQ(digits_of(0x0123456789abcdef), "0123456789abcdef");
    EXPECT_EQ(digits_of(~std::uint64_t{0}), "ffffffffffffffff");
}

RC_GTEST_PROP(Hexadecimal, IsReadBackAsTheNumber, (std::uint64_t number)) {
    const auto digits = digits_of(number);
    std::uint64_t read = 0;
    const auto* const end =
        std::from_chars(digits.data(), digits.data() + digits.size(), read, 16).ptr;
    RC_ASSERT(end == digits.data() + digits.size());
    RC_ASSERT(read == number);
}

TEST(Hexadecimal, WritesTwoDigitsForEachByte) {
    EXPECT_EQ(hexadecimal(std::array<unsigned char, 4>{0x00, 0x0f, 0xa5, 0xff}), "000fa5ff");
    EXPECT_EQ(hexadecimal(std::span<const unsigned char>()), "");
}

TEST(Hexadecimal, ReadsADigitOfEitherCase) {
    constexpr std::string_view either = "0123456789abcdefABCDEF";
    for (std::size_t at = 0; at < either.size(); ++at) {
        EXPECT_EQ(hexadecimal_value(either[at]), at < 16 ? at : at - 6) << either[at];
    }
    for (const char other : std::string_view("/:@G`g \x80")) {
        EXPECT_FALSE(hexadecimal_value(other)) << other;
    }
}

}  // namespace
}  // namespace chr21::text
