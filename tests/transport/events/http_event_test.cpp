#include "transport/events/http_event.hpp"

#include "tests/transport/events/event_json.hpp"

#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::events {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(HttpEvent, TellsSendersByTheMembersThatEachAloneHas) {
    for (const auto& [json, sender] : {
             std::pair(rest_api(R"("path":"/")"), Sender::rest_api),
             std::pair(std::string(R"({"httpMethod":"GET","resource":"/","path":"/"})"),
                       Sender::rest_api),
             std::pair(rest_api(R"("version":"1.0","path":"/")"), Sender::rest_api),
             std::pair(http_api(R"("rawPath":"/")"), Sender::http_api),
             std::pair(
                 std::string(R"({"version":"2.0","rawPath":"/","requestContext":{"http":)"
                             R"({"method":"GET"},"domainName":"u.lambda-url.eu-west-1.on.aws"}})"),
                 Sender::function_url),
             std::pair(load_balancer(R"("path":"/")"), Sender::load_balancer),
         }) {
        EXPECT_EQ(read(json).sender(), sender) << json;
    }
}

TEST(HttpEvent, IsNoneOfWhatIsNoHttpRequest) {
    for (
        const std::string_view json : {
            "",
            "GET / HTTP/1.1",
            "[]",
            "null",
            "{}",
            R"({"path":"/genes"})",
            R"({"rawPath":"/genes","version":"2.0"})",
            R"({"httpMethod":"GET","path":"/genes"})",
            R"({"Records":[{"eventSource":"aws:s3","httpMethod":"GET"}]})",
            R"({"source":"aws.s3","detail-type":"Object Created"})",
            R"({"RequestType":"Create","ResponseURL":"https://example.org/"})",
            R"({"DeploymentId":"d-1","LifecycleEventHookExecutionId":"e"})",
            R"({"command":"migrate"})",
            // What API Gateway asks its authorizers, in both formats.
            R"({"methodArn":"arn","resource":"/","path":"/","httpMethod":"GET"})",
            R"({"version":"2.0","routeArn":"a","rawPath":"/","requestContext":{"http":{"method":"GET"}}})",
            // A WebSocket API.
            R"({"requestContext":{"routeKey":"$connect","eventType":"CONNECT"},"headers":{}})",
            // Half of one.
            R"({"httpMethod":"GET","resource":"/"})",
            R"({"httpMethod":7,"resource":"/","path":"/"})",
            R"({"version":"2.0","requestContext":{"http":{}},"rawPath":"/"})",
            R"({"version":"2.0","requestContext":{"http":{"method":"GET"}}})",
            R"({"requestContext":{"elb":{}},"path":"/"})",
            R"({"httpMethod":"GET","resource":"/","path":"/"} trailing)",
        }) {
        EXPECT_FALSE(HttpEvent::read(json)) << json;
    }
}

TEST(HttpEvent, QuotesNothingOfAnEventThatItRefuses) {
    const auto event = HttpEvent::read(R"({"password":"secret","token":"secret})");
    ASSERT_FALSE(event);
    EXPECT_THAT(event.error().reason, Not(HasSubstr("secret")));
}

TEST(HttpEvent, HasTheMethodAsItWasSent) {
    using service::Method;
    for (const auto& [text, method] : {std::pair("GET", Method::get),
                                       std::pair("HEAD", Method::head),
                                       std::pair("POST", Method::post),
                                       std::pair("OPTIONS", Method::options),
                                       std::pair("DELETE", Method::other),
                                       std::pair("get", Method::other)}) {
        const auto event =
            read(R"({"httpMethod":")" + std::string(text) + R"(","resource":"/","path":"/"})");
        EXPECT_EQ(event.request().method, method) << text;
        EXPECT_EQ(event.request().method_text, text);
    }
}

TEST(HttpEvent, ReadsFieldsInAnyCaseAndListsBeforeLastValues) {
    const auto event = read(rest_api(
        R"("path":"/","headers":{"ACCEPT":"text/csv","Host":"genes.example:8443",)"
        R"("Origin":"https://a.example"},"multiValueHeaders":)"
        R"({"accept":["text/csv;q=0.5","application/json"],"X-Amzn-Trace-Id":["Root=1"]})"));
    EXPECT_EQ(event.request().accept, "text/csv;q=0.5, application/json");
    EXPECT_EQ(event.request().host, "genes.example:8443");
    EXPECT_EQ(event.request().origin, "https://a.example");
    EXPECT_EQ(event.trace_header(), "Root=1");
}

TEST(HttpEvent, JoinsFieldsThatDifferInCaseAlone) {
    const auto event =
        read(http_api(R"("rawPath":"/","headers":{"accept":"a/b","Accept":"c/d","ACCEPT":"e/f"})"));
    EXPECT_EQ(event.request().accept, "a/b, c/d, e/f");
}

TEST(HttpEvent, TakesMembersOfTheWrongKindAsAbsent) {
    const auto event =
        read(rest_api(R"("path":"/","headers":[1],"multiValueHeaders":{"accept":[7],)"
                      R"("origin":null},"queryStringParameters":"a=b","body":{},)"
                      R"("isBase64Encoded":"true")"));
    EXPECT_EQ(event.request().target, "/");
    EXPECT_EQ(event.request().accept, "");
    EXPECT_EQ(event.request().body, "");
}

TEST(HttpEvent, PassesNoAcceptEncodingOnWhereTheGatewayCompresses) {
    const std::string fields = R"("headers":{"Accept-Encoding":"gzip"},)";
    EXPECT_EQ(read(rest_api(fields + R"("path":"/")")).request().accept_encoding, "");
    EXPECT_EQ(read(http_api(fields + R"("rawPath":"/")")).request().accept_encoding, "gzip");
    EXPECT_EQ(read(load_balancer(fields + R"("path":"/")")).request().accept_encoding, "gzip");
}

TEST(HttpEvent, IsCalledAsTheClientOrElseTheSenderCallsIt) {
    const std::string given = R"("headers":{"X-Request-Id":"mine","x-amzn-trace-id":"Root=1-2"},)";
    const std::string traced = R"("headers":{"x-amzn-trace-id":"Root=1-2"},)";
    EXPECT_EQ(read(rest_api(given + R"("path":"/")")).request().request_id, "mine");
    EXPECT_EQ(read(rest_api(traced + R"("path":"/")")).request().request_id, "r-1");
    EXPECT_EQ(read(rest_api(traced + R"("path":"/")")).gateway_request_id(), "r-1");
    EXPECT_EQ(read(http_api(traced + R"("rawPath":"/")")).request().request_id, "r-2");
    EXPECT_EQ(read(load_balancer(traced + R"("path":"/")")).request().request_id, "Root=1-2");
    EXPECT_EQ(read(load_balancer(traced + R"("path":"/")")).gateway_request_id(), "");
}

TEST(HttpEvent, KnowsWhatTheClientAskedInAndOf) {
    const auto plain = read(http_api(R"("rawPath":"/")"));
    EXPECT_EQ(plain.request().host, "id.execute-api.eu-west-1.amazonaws.com");
    EXPECT_EQ(plain.request().forwarded_proto, "https");
    const auto balanced =
        read(load_balancer(R"("path":"/","headers":{"x-forwarded-proto":"http"})"));
    EXPECT_EQ(balanced.request().forwarded_proto, "http");
    EXPECT_EQ(balanced.request().host, "");
    EXPECT_EQ(read(load_balancer(R"("path":"/")")).request().forwarded_proto, "");
    EXPECT_EQ(read(load_balancer(R"("path":"/","headers":{"host":"a, b"})")).request().host, "");
}

TEST(HttpEvent, OpensABodyThatIsBase64) {
    const auto body_of = [](std::string_view members) {
        return std::string(read(rest_api(R"("path":"/",)" + std::string(members))).request().body);
    };
    EXPECT_EQ(body_of(R"("body":"{\"ids\":[\"\u00e9\"]}")"), "{\"ids\":[\"\u00e9\"]}");
    EXPECT_EQ(body_of(R"("body":null,"isBase64Encoded":true)"), "");
    EXPECT_EQ(body_of(R"("body":"","isBase64Encoded":true)"), "");
    EXPECT_EQ(body_of(R"("body":"eyJpZHMiOltdfQ==","isBase64Encoded":true)"), R"({"ids":[]})");
    EXPECT_EQ(body_of(R"("body":"AP8=","isBase64Encoded":true)"), std::string("\0\xFF", 2));
    EXPECT_EQ(body_of(R"("body":"AP8=","isBase64Encoded":false)"), "AP8=");
    EXPECT_EQ(body_of(R"("body":"AP8=","isBase64Encoded":null)"), "AP8=");
}

TEST(HttpEvent, RefusesWhatTheHttpTransportRefuses) {
    const Limits limits{.target = 10, .body = 3};
    for (const auto& [members, status, detail] : {
             std::tuple(R"("path":"/123456789","body":"abc")", 0, ""),
             std::tuple(R"("path":"/1234567890")", 414, "at most 10 bytes"),
             std::tuple(R"("path":"/1234\u00e9\u00e9")", 414, "at most 10 bytes"),
             std::tuple(R"("path":"/","body":"abcd")", 413, "at most 3 bytes"),
             std::tuple(R"("path":"/","body":"YWJj","isBase64Encoded":true)", 0, ""),
             std::tuple(R"("path":"/","body":"YWJjZA==","isBase64Encoded":true)", 413, "3 bytes"),
             std::tuple(R"("path":"/","body":"YW=","isBase64Encoded":true)", 400, "base64"),
             std::tuple(R"("path":"genes")", 400, "slash"),
         }) {
        const auto event = HttpEvent::read(rest_api(members), limits);
        ASSERT_TRUE(event) << members;
        const auto& refusal = event->refusal();
        EXPECT_EQ(refusal ? refusal->status : 0, status) << members;
        EXPECT_THAT(refusal ? refusal->detail : "", HasSubstr(detail)) << members;
    }
}

TEST(HttpEvent, StaysWholeWhenItIsMovedAndTheJsonGoes) {
    auto json = http_api(R"("rawPath":"/genes","headers":{"accept":"text/csv","Accept":"a/b"})");
    auto first = read(json);
    json.assign(json.size(), 'x');
    const auto second = std::move(first);
    EXPECT_EQ(second.request().target, "/genes");
    EXPECT_EQ(second.request().accept, "text/csv, a/b");
    EXPECT_EQ(second.gateway_request_id(), "r-2");
}

}  // namespace
}  // namespace chr21::events
