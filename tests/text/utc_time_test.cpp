#include "text/utc_time.hpp"

#include <gtest/gtest.h>

namespace chr21::text {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

TEST(UtcTime, IsWrittenToTheMillisecondOrTheSecond) {
    struct Case {
        std::chrono::system_clock::time_point at;
        std::string_view text;
    };
    for (const auto& [at, text] : {
             Case{sys_days{2026y / 11 / 22} + 14h + 3min + 9s + 123ms, "2026-11-22T14:03:09.123Z"},
             Case{sys_days{1970y / 1 / 1}, "1970-01-01T00:00:00.000Z"},
             Case{sys_days{1970y / 1 / 1} - 1us, "1969-12-31T23:59:59.999Z"},
             Case{sys_days{2024y / 2 / 29} + 24h - 1ns, "2024-02-29T23:59:59.999Z"},
             Case{sys_days{2000y / 10 / 10} + 10h + 1ms, "2000-10-10T10:00:00.001Z"},
         }) {
        const UtcTime time(at);
        EXPECT_EQ(time.to_milliseconds(), text);
        EXPECT_EQ(time.to_seconds(), std::string(text.substr(0, 19)) + "Z");
        EXPECT_EQ(time.time_of_day(), text.substr(11, 12));
    }
}

TEST(UtcTime, OfNowIsBetweenBeforeAndAfter) {
    const auto before = UtcTime(std::chrono::system_clock::now()).to_seconds();
    const auto now = now_in_utc();
    EXPECT_LE(before, now);
    EXPECT_LE(now, UtcTime(std::chrono::system_clock::now()).to_seconds());
}

TEST(UtcTime, OfNowIsTheTimeThatTheVariableNames) {
    ::setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    EXPECT_EQ(now_in_utc(), "2023-11-14T22:13:20Z");
    for (const auto* const wrong : {"", "soon", "17e8", "-1"}) {
        ::setenv("SOURCE_DATE_EPOCH", wrong, 1);
        EXPECT_THROW(now_in_utc(), std::invalid_argument) << wrong;
    }
    ::unsetenv("SOURCE_DATE_EPOCH");
}

TEST(UtcTime, IsReadAsItIsWritten) {
    for (const auto* const text :
         {"2026-11-22T14:03:09Z", "1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z"}) {
        EXPECT_EQ(UtcTime(parse_utc_time(text).value()).to_seconds(), text);
    }
}

TEST(UtcTime, IsReadFromNothingElse) {
    for (const auto* const text : {"",
                                   "2026-11-22",
                                   "2026-11-22T14:03:09",
                                   "2026-11-22T14:03:09.1Z",
                                   "2026-11-22 14:03:09Z",
                                   "2026-13-22T14:03:09Z",
                                   "2025-02-29T14:03:09Z",
                                   "2026-11-22T24:03:09Z",
                                   "2026-11-22T14:60:09Z",
                                   "2026-11-22T14:03:60Z",
                                   "2026-11-22T14:03:+9Z"}) {
        EXPECT_EQ(parse_utc_time(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace chr21::text
