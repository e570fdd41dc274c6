#include "text/number_text.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::text {
namespace {

TEST(NumberText, GivesBackWhatWasWritten) {
    const std::vector<std::uint32_t> numbers{
        0, 1, 31, 32, 1023, 1024, 78'893, std::numeric_limits<std::uint32_t>::max(), 0};
    std::string text;
    for (const auto number : numbers) append_number_text(text, number);
    EXPECT_EQ(numbers_in(text), std::vector<std::int64_t>(numbers.begin(), numbers.end()));
}

TEST(NumberText, ReadsAnyTextToItsEnd) {
    EXPECT_TRUE(numbers_in("").empty());
    std::string text(1000, '_');
    EXPECT_TRUE(numbers_in(text).empty());
    text += '0';
    EXPECT_EQ(numbers_in(text).size(), 1U);
    EXPECT_EQ(numbers_in("'\"\xFF").size(), 3U);
}

}  // namespace
}  // namespace chr21::text
