#include "observe/emf.hpp"

#include "observe/current_invocation.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace chr21::observe {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

// What is written for these events, in one thread.
std::vector<json::object> lines_of(const std::vector<Event>& events) {
    std::vector<json::object> lines;
    const auto emf = make_emf({.environment = "staging"}, [&](std::string_view line) {
        EXPECT_TRUE(line.ends_with("}\n"));
        EXPECT_EQ(std::ranges::count(line, '\n'), 1);
        lines.push_back(json::parse(line).as_object());
    });
    for (const auto& event : events) emf(event);
    return lines;
}

json::object line_of(const std::vector<Event>& events) {
    const auto lines = lines_of(events);
    EXPECT_EQ(lines.size(), 1U);
    return lines.empty() ? json::object() : lines.front();
}

const json::array& groups_of(const json::object& line) {
    return line.at("_aws").at("CloudWatchMetrics").as_array();
}

// "Name Unit" of the metrics with these dimensions.
std::set<std::string> metrics_of(const json::object& line, const json::array& dimensions) {
    std::set<std::string> found;
    for (const auto& group : groups_of(line)) {
        if (group.at("Dimensions") != json::array{dimensions}) continue;
        for (const auto& metric : group.at("Metrics").as_array()) {
            const std::string name(metric.at("Name").as_string());
            found.insert(name + " " + std::string(metric.at("Unit").as_string()));
            EXPECT_TRUE(line.at(name).is_number()) << name;
        }
    }
    return found;
}

json::array of_all() { return {"Environment"}; }
json::array of_route() { return {"Environment", "Route"}; }

Event answer(int status = 200) {
    return Answered{.request_id = "r1",
                    .method = "GET",
                    .route = "/genes/{gene_stable_id}",
                    .status = status,
                    .took = 1250us};
}

TEST(Emf, TellsTheLatencyAndStatusOfEachAnswerByItsRoute) {
    const auto line = line_of({answer()});
    EXPECT_EQ(metrics_of(line, of_route()),
              (std::set<std::string>{"RequestLatency Milliseconds", "Status2xx Count"}));
    EXPECT_EQ(line.at("Environment"), "staging");
    EXPECT_EQ(line.at("Route"), "/genes/{gene_stable_id}");
    EXPECT_EQ(line.at("RequestLatency"), 1.25);
    EXPECT_EQ(line.at("Status2xx"), 1);
    EXPECT_EQ(line.at("level"), "INFO");
    EXPECT_FALSE(line.contains("aws_request_id"));
    for (const auto& group : groups_of(line)) EXPECT_EQ(group.at("Namespace"), "chr21");
}

TEST(Emf, CountsEachStatusWithItsKind) {
    for (const auto& [status, name] : {std::pair{204, "Status2xx"},
                                       std::pair{304, "Status3xx"},
                                       std::pair{404, "Status4xx"},
                                       std::pair{503, "Status5xx"}}) {
        EXPECT_TRUE(metrics_of(line_of({answer(status)}), of_route())
                        .contains(std::string(name) + " Count"))
            << status;
    }
    EXPECT_EQ(metrics_of(line_of({answer(0)}), of_route()).size(), 1U);
}

TEST(Emf, TellsWhatTheAnswerAskedTheDatabase) {
    const auto lines = lines_of({DatabaseAsked{.work = DatabaseWork::connect, .took = 2ms},
                                 DatabaseAsked{.work = DatabaseWork::control, .took = 1ms},
                                 DatabaseAsked{.work = DatabaseWork::select, .took = 4ms},
                                 DatabaseAsked{.work = DatabaseWork::select, .took = 500us},
                                 DatabaseAsked{.work = DatabaseWork::connect, .failed = true},
                                 answer(),
                                 answer()});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].at("Queries"), 2);
    EXPECT_EQ(lines[0].at("DbTime"), 7.5);
    EXPECT_EQ(lines[0].at("DbConnects"), 1);
    EXPECT_EQ(lines[0].at("DbConnectFailures"), 1);
    EXPECT_EQ(metrics_of(lines[0], of_all()),
              (std::set<std::string>{"Queries Count",
                                     "DbTime Milliseconds",
                                     "DbConnects Count",
                                     "DbConnectFailures Count"}));
    EXPECT_EQ(metrics_of(lines[1], of_all()), (std::set<std::string>{"Queries Count"}));
    EXPECT_EQ(lines[1].at("Queries"), 0);
}

TEST(Emf, KeepsWhatOtherThreadsAskApart) {
    std::vector<json::object> lines;
    const auto emf = make_emf(
        {}, [&](std::string_view line) { lines.push_back(json::parse(line).as_object()); });
    std::thread([&] { emf(DatabaseAsked{.work = DatabaseWork::select}); }).join();
    emf(answer());
    EXPECT_EQ(lines.at(0).at("Queries"), 0);
}

TEST(Emf, CountsTheFirstInvocationAsAColdStart) {
    const InvocationFacts facts{.request_id = "a-1", .is_first = true};
    const InvocationFacts later{.request_id = "a-2"};
    json::object first;
    json::object second;
    {
        const CurrentInvocation current(facts);
        first = line_of({answer()});
    }
    {
        const CurrentInvocation current(later);
        second = line_of({answer()});
    }
    EXPECT_EQ(first.at("ColdStart"), 1);
    EXPECT_EQ(first.at("aws_request_id"), "a-1");
    EXPECT_FALSE(second.contains("ColdStart"));
    EXPECT_EQ(second.at("aws_request_id"), "a-2");
}

TEST(Emf, DescribesAStart) {
    const auto line = line_of({DatabaseAsked{.work = DatabaseWork::connect},
                               DatabaseAsked{.work = DatabaseWork::select},
                               Started{.dataset = "d",
                                       .gene_count = 1134,
                                       .loaded_at = "2026-11-22T14:03:09Z",
                                       .took = 8ms}});
    EXPECT_EQ(metrics_of(line, of_all()),
              (std::set<std::string>{"DatasetGenes Count",
                                     "DatasetAgeSeconds Seconds",
                                     "InitDuration Milliseconds",
                                     "DbConnects Count"}));
    EXPECT_EQ(line.at("DatasetGenes"), 1134);
    EXPECT_EQ(line.at("InitDuration"), 8);
    EXPECT_GT(line.at("DatasetAgeSeconds").to_number<double>(), 0);
    EXPECT_FALSE(line.contains("Route"));
}

TEST(Emf, GoesWithoutWhatNobodyKnowsOfAStart) {
    const auto line = line_of({Started{.dataset = "d", .gene_count = 1}});
    EXPECT_EQ(metrics_of(line, of_all()), (std::set<std::string>{"DatasetGenes Count"}));
}

TEST(Emf, TellsTheSizeOfAnotherDataset) {
    EXPECT_EQ(line_of({DatasetSwitched{.dataset = "d", .gene_count = 7}}).at("DatasetGenes"), 7);
}

TEST(Emf, SaysNothingOfOtherEvents) {
    EXPECT_TRUE(lines_of({ConnectionOpened{},
                          StoreFailed{.request_id = "r", .reason = "x"},
                          InvocationFailed{.type = "Function.A", .reason = "x"},
                          InvocationOverdue{},
                          Stopped{},
                          Notice{"x"}})
                    .empty());
}

// As CloudWatch's specification of the format has them.
TEST(Emf, StaysWithinTheLimits) {
    const std::string route(1000, 'r');
    const auto before = std::chrono::system_clock::now();
    const InvocationFacts facts{.request_id = "a-1", .is_first = true};
    const CurrentInvocation current(facts);
    const auto lines = lines_of({DatabaseAsked{.work = DatabaseWork::connect, .took = 2ms},
                                 Answered{.route = route, .status = 200},
                                 Started{.gene_count = 1, .took = 1ms}});
    constexpr std::size_t most_metrics = 100;
    constexpr std::size_t most_dimensions = 30;
    constexpr std::size_t most_bytes = 1'000'000;
    for (const auto& line : lines) {
        EXPECT_LT(json::serialize(line).size(), most_bytes);
        const auto at = line.at("_aws").at("Timestamp").as_int64();
        EXPECT_GE(at,
                  std::chrono::floor<std::chrono::milliseconds>(before).time_since_epoch().count());
        for (const auto& group : groups_of(line)) {
            EXPECT_LE(group.at("Metrics").as_array().size(), most_metrics);
            EXPECT_GE(group.at("Metrics").as_array().size(), 1U);
            for (const auto& set : group.at("Dimensions").as_array()) {
                EXPECT_LE(set.as_array().size(), most_dimensions);
                for (const auto& name : set.as_array()) {
                    EXPECT_TRUE(line.at(name.as_string()).is_string()) << name;
                    EXPECT_FALSE(line.at(name.as_string()).as_string().empty()) << name;
                }
            }
        }
    }
}

}  // namespace
}  // namespace chr21::observe
