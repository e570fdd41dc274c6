#include "transport/events/answer.hpp"

#include "transport/events/http_event.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::events {
namespace {

constexpr std::size_t no_limit = std::size_t{1} << 30;

service::Response response(std::string body,
                           std::initializer_list<std::pair<const char*, const char*>> fields,
                           int status = 200) {
    service::Response made{.status = status, .body = std::move(body)};
    for (const auto& [name, value] : fields) made.headers.add(name, value);
    return made;
}

std::string written(Sender sender, const service::Response& from, HeaderLists lists) {
    return write_answer(sender, lists, from, no_limit).value();
}

TEST(EventAnswer, ToARestApiHasListsOfHeaderFieldsAlone) {
    EXPECT_EQ(written(Sender::rest_api,
                      response("{}",
                               {{"Content-Type", "application/json"},
                                {"Link", "</a>"},
                                {"Set-Cookie", "a=1"},
                                {"link", "</b>"},
                                {"Set-Cookie", "b=2"}}),
                      HeaderLists::yes),
              R"({"statusCode":200,"multiValueHeaders":{"Content-Type":["application/json"],)"
              R"("Link":["</a>","</b>"],"Set-Cookie":["a=1","b=2"]},)"
              R"("isBase64Encoded":false,"body":"{}"})");
}

TEST(EventAnswer, ToPayloadFormat2HasCookiesApart) {
    const std::string expected =
        R"({"statusCode":404,"headers":{"Link":"</a>, </b>"},"cookies":["a=1","b=2"],)"
        R"("isBase64Encoded":false,"body":""})";
    const auto answer =
        response("",
                 {{"Link", "</a>"}, {"Set-Cookie", "a=1"}, {"link", "</b>"}, {"set-cookie", "b=2"}},
                 404);
    EXPECT_EQ(written(Sender::http_api, answer, HeaderLists::no), expected);
    EXPECT_EQ(written(Sender::function_url, answer, HeaderLists::no), expected);
}

TEST(EventAnswer, ToALoadBalancerHasADescriptionAndTheFieldsAsItWasToldToSendThem) {
    const auto answer = response(
        "x", {{"Vary", "Accept"}, {"Vary", "Accept-Encoding"}, {"Set-Cookie", "a=1"}}, 304);
    EXPECT_EQ(written(Sender::load_balancer, answer, HeaderLists::no),
              R"({"statusCode":304,"statusDescription":"304 Not Modified",)"
              R"("headers":{"Vary":"Accept, Accept-Encoding","Set-Cookie":"a=1"},)"
              R"("isBase64Encoded":false,"body":"x"})");
    EXPECT_EQ(written(Sender::load_balancer, answer, HeaderLists::yes),
              R"({"statusCode":304,"statusDescription":"304 Not Modified",)"
              R"("multiValueHeaders":{"Vary":["Accept","Accept-Encoding"],"Set-Cookie":["a=1"]},)"
              R"("isBase64Encoded":false,"body":"x"})");
}

TEST(EventAnswer, LeavesWhatBelongsToTheConnectionToTheSender) {
    EXPECT_EQ(written(Sender::http_api,
                      response("",
                               {{"Content-Length", "7"},
                                {"connection", "close"},
                                {"Transfer-Encoding", "chunked"},
                                {"ETag", "\"1\""}}),
                      HeaderLists::no),
              R"({"statusCode":200,"headers":{"ETag":"\"1\""},"cookies":[],)"
              R"("isBase64Encoded":false,"body":""})");
}

TEST(EventAnswer, HasTextAsItIsAndAllElseAsBase64) {
    const std::string every_kind = "\"\\/\b\f\n\r\t\x01\x1F\x7F \u00e9\U0001F9EC";
    struct Case {
        std::string body;
        const char* coding;
        bool is_text;
    };
    for (const auto& [body, coding, is_text] : {Case{every_kind, nullptr, true},
                                                Case{std::string("\0", 1), nullptr, true},
                                                Case{"plain", "gzip", false},
                                                Case{"\xFF", nullptr, false},
                                                Case{"\xC3", nullptr, false},
                                                Case{"\xED\xA0\x80", nullptr, false}}) {
        auto from = response(body, {{"Content-Type", "text/csv"}});
        if (coding != nullptr) from.headers.add("Content-Encoding", coding);
        const auto json = boost::json::parse(written(Sender::rest_api, from, HeaderLists::yes));
        EXPECT_EQ(json.at("isBase64Encoded").as_bool(), !is_text) << body;
        const std::string text(json.at("body").as_string());
        EXPECT_EQ(text == body, is_text);
    }
    EXPECT_THAT(
        written(Sender::rest_api, response("foob", {{"Content-Encoding", "br"}}), HeaderLists::yes),
        ::testing::HasSubstr(R"("isBase64Encoded":true,"body":"Zm9vYg=="})"));
}

TEST(EventAnswer, IsAbsentWhereItIsLongerThanItsSenderTakes) {
    // A quote takes two bytes of JSON, and three bytes that are no text take four.
    for (const auto& body : {std::string(1000, '"'), std::string(1000, '\xFF')}) {
        const auto from = response(body, {});
        const auto whole = written(Sender::http_api, from, HeaderLists::no);
        EXPECT_GT(whole.size(), 1300U);
        for (const std::size_t limit : {std::size_t{0}, std::size_t{1100}, whole.size() - 1}) {
            EXPECT_FALSE(write_answer(Sender::http_api, HeaderLists::no, from, limit)) << limit;
        }
        EXPECT_EQ(write_answer(Sender::http_api, HeaderLists::no, from, whole.size()), whole);
    }
}

TEST(EventAnswer, IsLimitedByTheSenderOfTheEvent) {
    const auto gateway = HttpEvent::read(R"({"httpMethod":"GET","resource":"/","path":"/"})");
    const auto balancer = HttpEvent::read(
        R"({"httpMethod":"GET","path":"/","requestContext":{"elb":{}},"multiValueHeaders":{}})");
    ASSERT_TRUE(gateway && balancer);
    EXPECT_LT(gateway->answer_limit(), std::size_t{6} << 20);
    EXPECT_LE(balancer->answer_limit(), std::size_t{1} << 20);
    const auto large = response(std::string(1'500'000, 'x'), {});
    EXPECT_TRUE(gateway->answer(large));
    EXPECT_FALSE(balancer->answer(large));
    EXPECT_FALSE(gateway->answer(response(std::string(6'000'000, 'x'), {})));
    EXPECT_FALSE(gateway->answer(response(std::string(3'000'000, '"'), {})));
}

TEST(EventAnswer, HasListsWhereTheLoadBalancerSentLists) {
    const auto fields_of = [](std::string_view headers) {
        const auto event =
            HttpEvent::read(R"({"httpMethod":"GET","path":"/","requestContext":{"elb":{}})" +
                            std::string(headers) + "}");
        return event.value().answer(response("", {{"ETag", "1"}})).value();
    };
    const std::string lists = R"("multiValueHeaders":{"ETag":["1"]})";
    const std::string singles = R"("headers":{"ETag":"1"})";
    using ::testing::HasSubstr;
    EXPECT_THAT(fields_of(R"(,"multiValueHeaders":{"host":["a"]})"), HasSubstr(lists));
    EXPECT_THAT(fields_of(R"(,"headers":{"host":"a"})"), HasSubstr(singles));
    EXPECT_THAT(fields_of(R"(,"headers":{"host":"a"},"multiValueHeaders":null)"),
                HasSubstr(singles));
    EXPECT_THAT(fields_of(""), HasSubstr(singles));
}

}  // namespace
}  // namespace chr21::events
