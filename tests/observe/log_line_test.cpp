#include "observe/log_line.hpp"

#include "observe/current_invocation.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include <gtest/gtest.h>

namespace chr21::observe {
namespace {

using namespace std::chrono_literals;

constexpr auto afternoon =
    std::chrono::sys_days{2026y / std::chrono::November / 22} + 14h + 3min + 9s + 123ms + 999us;

Event one_answer() {
    return Answered{.request_id = "a1b2",
                    .method = "GET",
                    .route = "/genes/{gene_stable_id}",
                    .route_index = 2,
                    .status = 200,
                    .bytes = 275,
                    .took = 1234us};
}

struct Case {
    Event event;
    std::string json;  // after the time
    std::string text;  // likewise
};

std::vector<Case> events_of_requests() {
    return {
        {one_answer(),
         R"("level":"info","message":"answered","request_id":"a1b2","method":"GET",)"
         R"("route":"/genes/{gene_stable_id}","status":200,"duration_ms":1.234,"bytes":275})",
         "info  GET /genes/{gene_stable_id} 200 1.2ms 275B a1b2"},
        {StoreFailed{.request_id = "a1b2", .reason = "disk full"},
         R"("level":"error","message":"the store cannot answer","request_id":"a1b2",)"
         R"("reason":"disk full"})",
         "error the store cannot answer: disk full a1b2"},
        {Bug{.request_id = "a1b2", .reason = "bad_alloc"},
         R"("level":"error","message":"unexpected exception","request_id":"a1b2",)"
         R"("reason":"bad_alloc"})",
         "error unexpected exception: bad_alloc a1b2"},
        {InvocationFailed{.type = "Function.UnknownEvent", .reason = "no request"},
         R"("level":"error","message":"the invocation failed","type":"Function.UnknownEvent",)"
         R"("reason":"no request"})",
         "error the invocation failed: Function.UnknownEvent no request"},
        {InvocationOverdue{.took = 5001ms},
         R"("level":"error","message":"answered for what took too long","duration_ms":5001.000})",
         "error answered for what took too long: 5.0s"},
        {AnswerRefused{.reason = "it is too large"},
         R"("level":"warning","message":"the platform did not take an answer",)"
         R"("reason":"it is too large"})",
         "warning the platform did not take an answer: it is too large"},
        {ConnectionOpened{},
         R"("level":"debug","message":"connection opened"})",
         "debug connection opened"},
        {ConnectionEnded{ConnectionEnd::idle_timeout},
         R"("level":"debug","message":"connection ended","end":"idle_timeout"})",
         "debug connection ended: idle_timeout"},
        {ConnectionEnded{ConnectionEnd::refused_over_cap},
         R"("level":"warning","message":"connection ended","end":"refused_over_cap"})",
         "warning connection ended: refused_over_cap"},
        {DatabaseAsked{.work = DatabaseWork::select, .took = 1234us, .rows = 25},
         R"("level":"debug","message":"asked the database","work":"select","duration_ms":1.234,)"
         R"("rows":25,"failed":false})",
         "debug asked the database: select 1.2ms 25 rows"},
        {DatabaseAsked{.work = DatabaseWork::connect, .took = 5s, .rows = 1, .failed = true},
         R"("level":"debug","message":"asked the database","work":"connect",)"
         R"("duration_ms":5000.000,"rows":1,"failed":true})",
         "debug asked the database: connect 5.0s 1 row failed"},
        {TaskQueued{Lane::computing},
         R"("level":"debug","message":"waiting for a worker","lane":"computing"})",
         "debug waiting for a worker: computing"},
        {TaskTaken{Lane::waiting},
         R"("level":"debug","message":"taken by a worker","lane":"waiting"})",
         "debug taken by a worker: waiting"},
        {TaskRefused{Lane::waiting},
         R"("level":"warning","message":"too much to do","lane":"waiting"})",
         "warning too much to do: waiting"},
    };
}

std::vector<Case> events_of_the_server() {
    return {
        {Started{.address = "http://127.0.0.1:8000",
                 .dataset = "chr21",
                 .gene_count = 1134,
                 .threads = 2},
         R"("level":"info","message":"serving","address":"http://127.0.0.1:8000",)"
         R"("dataset":"chr21","gene_count":1134,"threads":2})",
         "info  serving chr21 (1134 genes) on http://127.0.0.1:8000 with 2 threads"},
        {DatasetSwitched{.dataset = "GRCh38-115", .gene_count = 1140},
         R"("level":"info","message":"switched dataset","dataset":"GRCh38-115",)"
         R"("gene_count":1140})",
         "info  switched to GRCh38-115 (1140 genes)"},
        {DatasetStale{.reason = "nothing listens there"},
         R"("level":"warning","message":"data may be stale","reason":"nothing listens there"})",
         "warning data may be stale: nothing listens there"},
        {DatasetFresh{},
         R"("level":"info","message":"data is fresh again"})",
         "info  data is fresh again"},
        {Stopping{"SIGTERM"},
         R"("level":"info","message":"stopping","reason":"SIGTERM"})",
         "info  stopping: SIGTERM"},
        {Stopped{}, R"("level":"info","message":"stopped","unfinished":0})", "info  stopped"},
        {Stopped{1},
         R"("level":"warning","message":"stopped","unfinished":1})",
         "warning stopped, 1 connection cut"},
        {Notice{"made chr21.sqlite3"},
         R"("level":"info","message":"made chr21.sqlite3"})",
         "info  made chr21.sqlite3"},
    };
}

std::vector<Case> every_event() {
    auto all = events_of_requests();
    std::ranges::move(events_of_the_server(), std::back_inserter(all));
    return all;
}

TEST(LogLine, TellsEveryEventAsJson) {
    for (const auto& [event, json, text] : every_event()) {
        EXPECT_EQ(json_line(event, afternoon), R"({"time":"2026-11-22T14:03:09.123Z",)" + json);
    }
}

TEST(LogLine, TellsEveryEventToPeople) {
    for (const auto& [event, json, text] : every_event()) {
        EXPECT_EQ(text_line(event, afternoon), "14:03:09.123 " + text);
    }
}

TEST(LogLine, ShowsDurationsInTheUnitThatFits) {
    struct Duration {
        std::chrono::nanoseconds took;
        std::string_view json, text;
    };
    for (const auto& [took, json, text] : {
             Duration{0ns, "0.000", " 0us "},
             Duration{12'600ns, "0.012", " 13us "},
             Duration{8'050us, "8.050", " 8.1ms "},
             Duration{61s, "61000.000", " 61.0s "},
         }) {
        const Event event = Answered{.took = took};
        EXPECT_NE(json_line(event, afternoon).find(std::string(json) + ",\"bytes\""),
                  std::string::npos)
            << json_line(event, afternoon);
        EXPECT_NE(text_line(event, afternoon).find(text), std::string::npos)
            << text_line(event, afternoon);
    }
}

TEST(LogLine, StaysOneLineWhateverItIsTold) {
    const Event event = StoreFailed{.request_id = "\"}\n", .reason = "FATAL:\r\n\x1b[31m \xff"};
    EXPECT_EQ(json_line(event, afternoon),
              R"({"time":"2026-11-22T14:03:09.123Z","level":"error",)"
              R"("message":"the store cannot answer","request_id":"\"}\n",)"
              R"("reason":"FATAL:\r\n\u001b[31m )"
              "\uFFFD\"}");
    EXPECT_EQ(text_line(event, afternoon),
              "14:03:09.123 error the store cannot answer: FATAL:   [31m \xff \"} ");
}

TEST(LogLine, HasForLambdaTheFieldsThatItReads) {
    constexpr auto beginning =
        R"({"time":"2026-11-22T14:03:09.123Z","timestamp":"2026-11-22T14:03:09.123Z",)";
    for (const auto& [event, level] :
         {std::pair<Event, std::string>{ConnectionOpened{}, R"("level":"DEBUG")"},
          {Notice{"x"}, R"("level":"INFO")"},
          {DatasetStale{"x"}, R"("level":"WARN")"},
          {Bug{"r", "x"}, R"("level":"ERROR")"}}) {
        const auto line = json_line(event, afternoon, LogStyle::lambda);
        EXPECT_TRUE(line.starts_with(beginning + level)) << line;
    }
}

TEST(LogLine, NamesTheInvocationThatIsAnswered) {
    const InvocationFacts facts{
        .request_id = "8476a536", .trace_id = "Root=1-5f;Lineage=a:0:1", .is_first = true};
    const CurrentInvocation current(facts);
    EXPECT_TRUE(json_line(one_answer(), afternoon, LogStyle::lambda)
                    .ends_with(R"("bytes":275,"trace_id":"Root=1-5f;Lineage=a:0:1",)"
                               R"("aws_request_id":"8476a536","cold_start":true})"));
    EXPECT_TRUE(json_line(Notice{"x"}, afternoon, LogStyle::lambda)
                    .ends_with(R"("message":"x","trace_id":"Root=1-5f;Lineage=a:0:1",)"
                               R"("aws_request_id":"8476a536"})"));
}

TEST(LogLine, KeepsWhatCallersSayOfTheirTracesWhole) {
    auto answered = std::get<Answered>(one_answer());
    answered.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    answered.trace_header = "Root=1-67891233-abcdef012345678912345678;x=\"";
    EXPECT_TRUE(json_line(answered, afternoon)
                    .ends_with(R"("traceparent":"00-0af7651916cd43dd8448eb211c80319c-)"
                               R"(b7ad6b7169203331-01",)"
                               R"("trace_id":"Root=1-67891233-abcdef012345678912345678;x=\""})"));
    // What the platform says goes before it.
    const InvocationFacts facts{.request_id = "1", .trace_id = "Root=1-2"};
    const CurrentInvocation current(facts);
    EXPECT_TRUE(json_line(answered, afternoon).contains(R"("trace_id":"Root=1-2",)"));
}

TEST(LogLine, LeavesOutWhatIsTooLongForATrace) {
    const std::string longest(512, 't');
    const std::string too_long(513, 't');
    auto answered = std::get<Answered>(one_answer());
    answered.traceparent = longest;
    answered.trace_header = longest;
    EXPECT_TRUE(json_line(answered, afternoon).contains("\"traceparent\":\"" + longest + '"'));
    EXPECT_TRUE(json_line(answered, afternoon).contains("\"trace_id\":\"" + longest + '"'));
    answered.traceparent = too_long;
    answered.trace_header = too_long;
    EXPECT_TRUE(json_line(answered, afternoon).ends_with("\"bytes\":275}"));
}

}  // namespace
}  // namespace chr21::observe
