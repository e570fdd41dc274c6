#include "transport/events/target.hpp"

#include "tests/transport/events/event_json.hpp"

#include <string>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

namespace chr21::events {
namespace {

TEST(EventTarget, LeavesWhatIsEncodedAndEncodesWhatIsNot) {
    for (const auto& [path, expected] : {
             std::pair("/genes/by-name/DYRK1A", "/genes/by-name/DYRK1A"),
             std::pair("/genes/by-name/a%2Fb", "/genes/by-name/a%2Fb"),
             std::pair("/genes/by-name/%2541", "/genes/by-name/%2541"),
             std::pair("/genes/by-name/%zz", "/genes/by-name/%zz"),
             std::pair("/genes/by-name/a b?c#d", "/genes/by-name/a%20b%3Fc%23d"),
             std::pair("/genes/by-name/\u00e9", "/genes/by-name/%C3%A9"),
             std::pair("/genes/by-name/\\u0000\\n", "/genes/by-name/%00%0A"),
             std::pair("//genes", "//genes"),
         }) {
        const auto member = std::string(R"(ath":")") + path + "\"";
        EXPECT_EQ(target_of(rest_api("\"p" + member)), expected);
        EXPECT_EQ(target_of(load_balancer("\"p" + member)), expected);
        EXPECT_EQ(target_of(http_api("\"rawP" + member)), expected);
    }
}

TEST(EventTarget, HasTheStageOfAnHttpApiCutOffOnce) {
    for (const auto& [stage, path, expected] : {
             std::tuple("prod", "/prod/genes", "/genes"),
             std::tuple("prod", "/prod", "/"),
             std::tuple("prod", "/prod/", "/"),
             std::tuple("prod", "/prod/prod/genes", "/prod/genes"),
             std::tuple("prod", "/production/genes", "/production/genes"),
             std::tuple("prod", "/genes", "/genes"),
             std::tuple("genes", "/genes/genes", "/genes"),
             std::tuple("$default", "/$default/genes", "/$default/genes"),
             std::tuple("", "/genes", "/genes"),
         }) {
        const auto member = std::string(R"("rawPath":")") + path + "\"";
        EXPECT_EQ(target_of(http_api(member, stage)), expected) << stage << path;
    }
    EXPECT_EQ(target_of(R"({"httpMethod":"GET","path":"/prod/genes",)"
                        R"("requestContext":{"stage":"prod"}})"),
              "/prod/genes");
}

TEST(EventTarget, EncodesAQueryThatIsDecodedOnce) {
    for (const auto& [maps, expected] : {
             std::pair(R"("multiValueQueryStringParameters":{"search":["a+b c&d=e%41"]})",
                       "/?search=a%2Bb%20c%26d%3De%2541"),
             std::pair(R"("multiValueQueryStringParameters":{"a=b&c":["\u00e9;"]})",
                       "/?a%3Db%26c=%C3%A9%3B"),
             std::pair(R"("multiValueQueryStringParameters":{"a":["1","2"],"b":[]})", "/?a=1&a=2"),
             std::pair(R"("queryStringParameters":{"a":"2","b":null},)"
                       R"("multiValueQueryStringParameters":{"a":["1","2"]})",
                       "/?a=1&a=2&b="),
             std::pair(R"("queryStringParameters":{"region":"21:1-2,X"},)"
                       R"("multiValueQueryStringParameters":null)",
                       "/?region=21:1-2,X"),
             std::pair(R"("queryStringParameters":{})", "/"),
             std::pair(R"("queryStringParameters":null)", "/"),
         }) {
        EXPECT_EQ(target_of(rest_api(R"("path":"/",)" + std::string(maps))), expected) << maps;
    }
}

TEST(EventTarget, LeavesAQueryOfALoadBalancerEncoded) {
    for (const auto& [maps, expected] : {
             std::pair(R"("queryStringParameters":{"search":"a+b%20c%2Bd%2541"})",
                       "/?search=a+b%20c%2Bd%2541"),
             std::pair(R"("multiValueQueryStringParameters":{"%61":["1&2","3=4"]})",
                       "/?%61=1%262&%61=3=4"),
             std::pair(R"("queryStringParameters":{"a=b":"\u00e9 #"})", "/?a%3Db=%C3%A9%20%23"),
         }) {
        EXPECT_EQ(target_of(load_balancer(R"("path":"/",)" + std::string(maps))), expected);
    }
}

TEST(EventTarget, TakesARawQueryAsItIs) {
    for (const auto& [query, expected] : {
             std::pair("page=2&page=3", "/?page=2&page=3"),
             std::pair("search=a+b%2Bc%2541&&x", "/?search=a+b%2Bc%2541&&x"),
             std::pair("search=\u00e9 #", "/?search=%C3%A9%20%23"),
             std::pair("", "/"),
         }) {
        EXPECT_EQ(target_of(http_api(R"("rawPath":"/","queryStringParameters":{"not":"asked"},)"
                                     R"("rawQueryString":")" +
                                     std::string(query) + "\"")),
                  expected);
    }
}

}  // namespace
}  // namespace chr21::events
