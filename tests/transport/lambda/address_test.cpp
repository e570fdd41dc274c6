#include "transport/lambda/address.hpp"

#include <gtest/gtest.h>

namespace chr21::lambda {
namespace {

TEST(RuntimeApiAddress, IsHostAndPort) {
    EXPECT_EQ(parse_address("127.0.0.1:9001"), (Address{"127.0.0.1", "9001"}));
    EXPECT_EQ(parse_address("169.254.100.1:9001"), (Address{"169.254.100.1", "9001"}));
    EXPECT_EQ(parse_address("localhost:1"), (Address{"localhost", "1"}));
    EXPECT_EQ(parse_address("[::1]:65535"), (Address{"::1", "65535"}));
}

TEST(RuntimeApiAddress, IsNothingElse) {
    for (const auto* const text : {"",
                                   "127.0.0.1",
                                   ":9001",
                                   "127.0.0.1:",
                                   "127.0.0.1:0",
                                   "127.0.0.1:65536",
                                   "127.0.0.1:9001/",
                                   "127.0.0.1:+1",
                                   "http://127.0.0.1:9001",
                                   "user@host:1",
                                   "::1:9001",
                                   "[]:9001",
                                   "a b:9001",
                                   "a\r\nb:9001"}) {
        EXPECT_EQ(parse_address(text), std::nullopt) << text;
    }
}

TEST(RuntimeApiAddress, IsWrittenAsItWasRead) {
    for (const auto* const text : {"127.0.0.1:9001", "[::1]:9001"}) {
        EXPECT_EQ(to_text(parse_address(text).value()), text);
    }
}

}  // namespace
}  // namespace chr21::lambda
