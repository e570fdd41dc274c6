#include "observe/metrics.hpp"

#include <chrono>
#include <cstdlib>
#include <sstream>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::observe {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

Metrics make_metrics() { return {{"/genes", "/genes/{gene_stable_id}"}, "1.2.3", "abcdef"}; }

// The value of the one line that begins with `series` and a blank.
double value_of(const std::string& exposition, const std::string& series) {
    std::istringstream lines(exposition);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(series + " ")) return std::stod(line.substr(series.size()));
    }
    ADD_FAILURE() << "no series " << series << " in\n" << exposition;
    return -1;
}

TEST(Metrics, CountAnswersByMethodRouteAndStatus) {
    auto metrics = make_metrics();
    for (int i = 0; i < 3; ++i) {
        metrics.observe(Answered{.method = "GET", .route_index = 0, .status = 200});
    }
    metrics.observe(Answered{.method = "HEAD", .route_index = 1, .status = 304});
    metrics.observe(Answered{.method = "GET", .route_index = 1, .status = 503});
    const auto text = metrics.text();
    const auto requests = [&](const std::string& labels) {
        return value_of(text, "chr21_http_requests_total{" + labels + "}");
    };
    EXPECT_EQ(requests(R"(method="GET",route="/genes",status="200")"), 3);
    EXPECT_EQ(requests(R"(method="HEAD",route="/genes/{gene_stable_id}",status="304")"), 1);
    EXPECT_EQ(requests(R"(method="GET",route="/genes/{gene_stable_id}",status="503")"), 1);
}

TEST(Metrics, KeepLabelsFewWhateverIsAsked) {
    auto metrics = make_metrics();
    metrics.observe(Answered{.method = "BREW", .route_index = 2, .status = 418});
    metrics.observe(Answered{.method = "get", .route_index = 65535, .status = -1});
    const auto text = metrics.text();
    EXPECT_EQ(value_of(text,
                       R"(chr21_http_requests_total{method="other",route="unmatched",)"
                       R"(status="other"})"),
              2);
    EXPECT_THAT(text, Not(HasSubstr("BREW")));
}

TEST(Metrics, LeaveOutRoutesThatNobodyAsked) {
    auto metrics = make_metrics();
    EXPECT_THAT(metrics.text(), Not(HasSubstr("route=")));
    metrics.observe(Answered{.method = "GET", .route_index = 0, .status = 200});
    EXPECT_THAT(metrics.text(), Not(HasSubstr("unmatched")));
}

TEST(Metrics, PutDurationsIntoBucketsThatIncludeTheirBound) {
    auto metrics = make_metrics();
    for (const std::chrono::nanoseconds took :
         {1ns, 100'000ns, 100'001ns, 5'000'000'000ns, 5'000'000'001ns}) {
        metrics.observe(Answered{.method = "GET", .route_index = 0, .status = 200, .took = took});
    }
    const auto text = metrics.text();
    const std::string name = "chr21_http_request_duration_seconds";
    struct Case {
        std::string_view bound;
        double count;
    };
    for (const auto& [bound, count] :
         {Case{"0.0001", 2}, Case{"0.00025", 3}, Case{"1", 3}, Case{"5", 4}, Case{"+Inf", 5}}) {
        const auto labels = R"(_bucket{route="/genes",le=")" + std::string(bound) + R"("})";
        EXPECT_EQ(value_of(text, name + labels), count) << bound;
    }
    EXPECT_EQ(value_of(text, name + R"(_count{route="/genes"})"), 5);
    EXPECT_DOUBLE_EQ(value_of(text, name + R"(_sum{route="/genes"})"), 10.000200003);
}

TEST(Metrics, AddUpBytes) {
    auto metrics = make_metrics();
    metrics.observe(Answered{.method = "GET", .route_index = 1, .status = 200, .bytes = 275});
    metrics.observe(
        Answered{.method = "GET", .route_index = 1, .status = 200, .bytes = 5'000'000'000});
    EXPECT_EQ(value_of(metrics.text(),
                       R"(chr21_http_response_bytes_total{route="/genes/{gene_stable_id}"})"),
              5'000'000'275);
}

TEST(Metrics, FollowConnections) {
    auto metrics = make_metrics();
    for (int i = 0; i < 5; ++i) metrics.observe(ConnectionOpened{});
    metrics.observe(ConnectionEnded{ConnectionEnd::closed});
    metrics.observe(ConnectionEnded{ConnectionEnd::idle_timeout});
    metrics.observe(ConnectionEnded{ConnectionEnd::refused_over_cap});
    const auto text = metrics.text();
    EXPECT_EQ(value_of(text, "chr21_http_connections"), 2);
    EXPECT_EQ(value_of(text, R"(chr21_http_connections_ended_total{end="closed"})"), 1);
    EXPECT_EQ(value_of(text, R"(chr21_http_connections_ended_total{end="idle_timeout"})"), 1);
    EXPECT_EQ(value_of(text, R"(chr21_http_connections_ended_total{end="refused_over_cap"})"), 1);
    EXPECT_EQ(value_of(text, R"(chr21_http_connections_ended_total{end="broken"})"), 0);
}

TEST(Metrics, FollowTheQueuesOfWorkers) {
    auto metrics = make_metrics();
    for (int i = 0; i < 3; ++i) metrics.observe(TaskQueued{Lane::waiting});
    metrics.observe(TaskTaken{Lane::waiting});
    metrics.observe(TaskRefused{Lane::computing});
    const auto text = metrics.text();
    EXPECT_EQ(value_of(text, R"(chr21_http_queue_length{lane="waiting"})"), 2);
    EXPECT_EQ(value_of(text, R"(chr21_http_queue_length{lane="computing"})"), 0);
    EXPECT_EQ(value_of(text, R"(chr21_http_queue_taken_total{lane="waiting"})"), 1);
    EXPECT_EQ(value_of(text, R"(chr21_http_queue_refused_total{lane="computing"})"), 1);
}

TEST(Metrics, AddUpWhatTheDatabaseWasAsked) {
    auto metrics = make_metrics();
    metrics.observe(DatabaseAsked{.work = DatabaseWork::select, .took = 2ms, .rows = 25});
    metrics.observe(DatabaseAsked{.work = DatabaseWork::select, .took = 3ms, .rows = 5});
    metrics.observe(DatabaseAsked{.work = DatabaseWork::connect, .took = 5s, .failed = true});
    metrics.observe(DatabaseAsked{.work = DatabaseWork::bulk, .took = 1s, .rows = 1134});
    const auto text = metrics.text();
    const auto value = [&](const std::string& series) {
        return value_of(text, "chr21_database_" + series);
    };
    EXPECT_EQ(value(R"(duration_seconds_count{work="select"})"), 2);
    EXPECT_DOUBLE_EQ(value(R"(duration_seconds_sum{work="select"})"), 0.005);
    EXPECT_EQ(value(R"(duration_seconds_bucket{work="select",le="0.0025"})"), 1);
    EXPECT_EQ(value(R"(rows_total{work="select"})"), 30);
    EXPECT_EQ(value(R"(rows_total{work="bulk"})"), 1134);
    EXPECT_EQ(value(R"(failures_total{work="connect"})"), 1);
    EXPECT_EQ(value(R"(failures_total{work="select"})"), 0);
}

TEST(Metrics, CountFailuresAndShowTheDataset) {
    auto metrics = make_metrics();
    EXPECT_EQ(value_of(metrics.text(), "chr21_store_failures_total"), 0);
    metrics.observe(StoreFailed{.request_id = "r", .reason = "down"});
    metrics.observe(Bug{.request_id = "r", .reason = "odd"});
    metrics.observe(Started{.gene_count = 1134});
    for (const Event& uncounted : {Event(Stopping{}), Event(Stopped{}), Event(Notice{})}) {
        metrics.observe(uncounted);
    }
    const auto text = metrics.text();
    EXPECT_EQ(value_of(text, "chr21_store_failures_total"), 1);
    EXPECT_EQ(value_of(text, "chr21_bugs_total"), 1);
    EXPECT_EQ(value_of(text, "chr21_dataset_genes"), 1134);
    EXPECT_EQ(value_of(text, R"(chr21_build_info{version="1.2.3",commit="abcdef"})"), 1);
}

TEST(Metrics, FollowTheDatasetThatIsServed) {
    auto metrics = make_metrics();
    metrics.observe(Started{.gene_count = 1134});
    metrics.observe(DatasetStale{.reason = "down"});
    EXPECT_EQ(value_of(metrics.text(), "chr21_dataset_stale"), 1);
    metrics.observe(DatasetFresh{});
    metrics.observe(DatasetSwitched{.dataset = "next", .gene_count = 1140});
    const auto text = metrics.text();
    EXPECT_EQ(value_of(text, "chr21_dataset_stale"), 0);
    EXPECT_EQ(value_of(text, "chr21_dataset_switches_total"), 1);
    EXPECT_EQ(value_of(text, "chr21_dataset_genes"), 1140);
}

TEST(Metrics, DescribeTheProcess) {
    const auto metrics = make_metrics();
    const auto text = metrics.text();
    const auto now =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    EXPECT_LE(value_of(text, "process_start_time_seconds"), now + 1);
    EXPECT_GT(value_of(text, "process_start_time_seconds"), now - 86400);
    EXPECT_GT(value_of(text, "process_resident_memory_bytes"), 1e5);
    EXPECT_GT(value_of(text, "process_cpu_seconds_total"), 0);
    EXPECT_GE(value_of(text, "process_open_fds"), 3);
}

TEST(Metrics, GiveEveryFamilyItsHelpAndType) {
    auto metrics = make_metrics();
    metrics.observe(Answered{.method = "GET", .route_index = 0, .status = 200});
    std::istringstream lines(metrics.text());
    std::string family;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# TYPE ")) family = line.substr(7, line.find(' ', 7) - 7);
        if (line.starts_with("# ")) continue;
        EXPECT_TRUE(!family.empty() && line.starts_with(family)) << line;
    }
}

TEST(Metrics, LoseNothingBetweenThreads) {
    constexpr int thread_count = 80;  // more than have counts of their own
    constexpr int answers = 5000;
    auto metrics = make_metrics();
    {
        std::vector<std::jthread> threads(thread_count);
        for (auto& thread : threads) {
            thread = std::jthread([&metrics] {
                for (int n = 0; n < answers; ++n) {
                    metrics.observe(Answered{
                        .method = "GET", .route_index = 0, .status = 200, .bytes = 2, .took = 1ms});
                }
            });
        }
        EXPECT_THAT(metrics.text(), HasSubstr("chr21_bugs_total 0\n"));
    }
    const auto text = metrics.text();
    EXPECT_EQ(value_of(text, R"(chr21_http_response_bytes_total{route="/genes"})"),
              2 * thread_count * answers);
    EXPECT_EQ(value_of(text, R"(chr21_http_request_duration_seconds_count{route="/genes"})"),
              thread_count * answers);
}

TEST(Metrics, LoseNothingWhenMoreThreadsComeThanThereAreShards) {
    constexpr int thread_count = 150;
    auto metrics = make_metrics();
    for (int i = 0; i < thread_count; ++i) {
        std::jthread([&metrics] { metrics.observe(Bug{}); }).join();
    }
    EXPECT_EQ(value_of(metrics.text(), "chr21_bugs_total"), thread_count);
}

TEST(Metrics, KeepToThemselves) {
    auto one = make_metrics();
    auto other = make_metrics();
    one.observe(Bug{});
    EXPECT_EQ(value_of(one.text(), "chr21_bugs_total"), 1);
    EXPECT_EQ(value_of(other.text(), "chr21_bugs_total"), 0);
}

}  // namespace
}  // namespace chr21::observe
