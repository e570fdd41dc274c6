#include "transport/http/listener.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::http {
namespace {

using ::testing::HasSubstr;

TEST(Listening, TakesAFreePortAndNamesTheAddress) {
    const auto listener = Listener::open("127.0.0.1", 0);
    ASSERT_TRUE(listener) << listener.error().message;
    EXPECT_NE(listener->port(), 0);
    EXPECT_EQ(listener->address(), "http://127.0.0.1:" + std::to_string(listener->port()));
}

TEST(Listening, WritesIpv6AddressesInBrackets) {
    for (const std::string host : {"::1", "[::1]"}) {
        const auto listener = Listener::open(host, 0);
        if (!listener && listener.error().message.contains("not an address of this machine")) {
            GTEST_SKIP() << "this machine has no IPv6";
        }
        ASSERT_TRUE(listener) << listener.error().message;
        EXPECT_EQ(listener->address(), "http://[::1]:" + std::to_string(listener->port()));
    }
}

TEST(Listening, SaysThatAPortIsInUse) {
    const auto first = Listener::open("127.0.0.1", 0);
    ASSERT_TRUE(first);
    const auto second = Listener::open("127.0.0.1", first->port());
    ASSERT_FALSE(second);
    const auto port = std::to_string(first->port());
    EXPECT_EQ(second.error().parameter, "port");
    EXPECT_EQ(second.error().value, port);
    EXPECT_THAT(second.error().message, HasSubstr("127.0.0.1:" + port + " is in use"));
    EXPECT_THAT(second.error().message, HasSubstr("choose another port"));
}

TEST(Listening, SaysWhatIsWrongWithAHost) {
    struct Case {
        std::string host;
        std::string complaint;
    };
    for (const auto& [host, complaint] : {
             Case{"no-such-host.invalid", "no address is known for it"},
             Case{"", "it is empty"},
             Case{"203.0.113.1", "not an address of this machine"},
         }) {
        const auto listener = Listener::open(host, 0);
        ASSERT_FALSE(listener) << host;
        EXPECT_EQ(listener.error().parameter, "host") << host;
        EXPECT_EQ(listener.error().value, host);
        EXPECT_THAT(listener.error().message, HasSubstr(complaint));
    }
}

}  // namespace
}  // namespace chr21::http
