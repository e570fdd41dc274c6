#include "observe/log.hpp"

#include <regex>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::observe {
namespace {

// What a log with these options writes to standard error for one event of each kind.
std::string written(const LogOptions& options) {
    testing::internal::CaptureStderr();
    {
        const Observer log = make_log(options);
        log(Answered{.request_id = "r1", .method = "GET", .route = "/genes", .status = 200});
        log(ConnectionOpened{});
        log(ConnectionEnded{ConnectionEnd::refused_over_cap});
        log(Bug{.request_id = "r2", .reason = "out of range"});
    }
    return testing::internal::GetCapturedStderr();
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> found;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = text.find('\n', start);
        found.push_back(text.substr(start, end - start));
        start = end == std::string::npos ? text.size() : end + 1;
    }
    return found;
}

TEST(Log, WritesALineOfJsonForEachEvent) {
    const auto found = lines(written({.level = LogLevel::debug}));
    ASSERT_EQ(found.size(), 4U);
    const std::regex json_of_an_answer(
        R"(\{"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","level":"info","message":"answered",)"
        R"("request_id":"r1","method":"GET","route":"/genes","status":200,)"
        R"("duration_ms":0\.000,"bytes":0\})");
    EXPECT_TRUE(std::regex_match(found[0], json_of_an_answer)) << found[0];
}

TEST(Log, WritesTextForPeople) {
    const auto found = lines(written({.format = LogFormat::text}));
    ASSERT_EQ(found.size(), 3U);
    const std::regex text_of_an_answer(R"(\d\d:\d\d:\d\d\.\d{3} info  GET /genes 200 0us 0B r1)");
    EXPECT_TRUE(std::regex_match(found[0], text_of_an_answer)) << found[0];
}

TEST(Log, LeavesOutWhatMattersLess) {
    struct Case {
        LogLevel level;
        std::size_t lines;
    };
    for (const auto& [level, count] : {Case{LogLevel::debug, 4},
                                       Case{LogLevel::info, 3},
                                       Case{LogLevel::warning, 2},
                                       Case{LogLevel::error, 1}}) {
        EXPECT_EQ(lines(written({.level = level})).size(), count) << static_cast<int>(level);
    }
}

TEST(Log, LeavesOutAnswersWithoutTheAccessLog) {
    const auto text = written({.access = false});
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("answered")));
    EXPECT_THAT(text, testing::HasSubstr("out of range"));
}

TEST(Log, KeepsLinesOfManyThreadsApart) {
    constexpr std::size_t thread_count = 4;
    constexpr std::size_t notices = 200;
    testing::internal::CaptureStderr();
    {
        const Observer log = make_log({.format = LogFormat::text});
        std::vector<std::jthread> threads(thread_count);
        for (auto& thread : threads) {
            thread = std::jthread([&log] {
                for (std::size_t n = 0; n < notices; ++n) log(Notice{"a line as any other"});
            });
        }
    }
    const auto found = lines(testing::internal::GetCapturedStderr());
    EXPECT_EQ(found.size(), thread_count * notices);
    EXPECT_THAT(found, testing::Each(testing::EndsWith(" info  a line as any other")));
}

}  // namespace
}  // namespace chr21::observe
