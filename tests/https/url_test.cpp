#include "https/url.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chr21::https {
namespace {

using ::testing::HasSubstr;

std::string shape(const Result<Url>& url) {
    if (!url) return url.error().message;
    return url->scheme + " " + url->user + " " + url->host + " " + url->port + " " + url->target;
}

TEST(Url, HasTheseParts) {
    struct Case {
        std::string text, parts;
    };
    for (const auto& [text, parts] : {
             Case{"https://example.org", "https  example.org 443 /"},
             Case{"HTTPS://Example.ORG/A?b=C#d", "https  example.org 443 /A?b=C"},
             Case{"https://example.org?b=/", "https  example.org 443 /?b=/"},
             Case{"https://example.org:/a", "https  example.org 443 /a"},
             Case{"http://localhost:8000/a", "http  localhost 8000 /a"},
             Case{"http://[::1]:80/a", "http  ::1 80 /a"},
             Case{"https://[::1]", "https  ::1 443 /"},
             Case{"https://me:p%40%3a@example.org/", "https me:p@: example.org 443 /"},
             Case{"https://me:p%40%zz@example.org/", "https me:p%40%zz example.org 443 /"},
             Case{"s3://bucket/key", "s3  bucket 80 /key"},
         }) {
        EXPECT_EQ(shape(parse_url(text)), parts) << text;
    }
}

TEST(Url, IsRefusedWithoutItsSecrets) {
    struct Case {
        std::string text, reason;
    };
    for (const auto& [text, reason] : {
             Case{"https:///a?secret", "https:///a names no host"},
             Case{"example.org/a", "names no host"},
             Case{"https://u:secret@/a", "https:///a names no host"},
             Case{"https://example.org:0/?secret", "https://example.org:0/ has a port"},
             Case{"https://example.org:65536/", "has a port"},
             Case{"https://example.org:4a/", "has a port"},
             Case{"https://example.org/a b?secret", "must not hold spaces"},
             Case{"https://example.org\r\nsecret: 1", "must not hold"},
             Case{"https://caf\xC3\xA9.example?secret", "other than ASCII"},
         }) {
        const auto url = parse_url(text);
        ASSERT_FALSE(url) << text;
        EXPECT_THAT(url.error().message, HasSubstr(reason)) << text;
        EXPECT_FALSE(url.error().message.contains("secret")) << url.error().message;
        EXPECT_FALSE(url.error().value.contains("secret")) << url.error().value;
    }
}

TEST(Url, IsToldFromAPathByItsScheme) {
    EXPECT_TRUE(is_url("https://example.org"));
    EXPECT_TRUE(is_url("s3://bucket/key"));
    EXPECT_FALSE(is_url("exports/mart_export.txt"));
    EXPECT_FALSE(is_url("C:/exports"));
    EXPECT_FALSE(is_url("://"));
    EXPECT_FALSE(is_url("my file://x"));
}

TEST(Url, OfARedirectIsTakenFromItsBase) {
    const auto base = *parse_url("https://me:pw@example.org:444/a/b/c?d");
    struct Case {
        std::string location, target;
    };
    for (const auto& [location, target] : {
             Case{"/x?y#z", "https me:pw example.org 444 /x?y"},
             Case{"x", "https me:pw example.org 444 /a/b/x"},
             Case{"../x/./y", "https me:pw example.org 444 /a/x/y"},
             Case{"../../../x/..", "https me:pw example.org 444 /"},
             Case{".", "https me:pw example.org 444 /a/b/"},
             Case{"?y=http://b/", "https me:pw example.org 444 /a/b/c?y=http://b/"},
             Case{"//other/x", "https  other 443 /x"},
             Case{"http://other/x", "http  other 80 /x"},
             Case{"https://other", "https  other 443 /"},
             Case{"https:///x", "https:///x names no host"},
         }) {
        EXPECT_EQ(shape(resolve(base, location)), target) << location;
    }
}

TEST(Authority, LeavesOutThePortThatGoesWithoutSaying) {
    EXPECT_EQ(authority_of(*parse_url("https://a:443/")), "a");
    EXPECT_EQ(authority_of(*parse_url("http://a:443/")), "a:443");
    EXPECT_EQ(authority_of(*parse_url("https://[::1]:1/")), "[::1]:1");
}

TEST(Loopback, IsThisMachineAlone) {
    for (const std::string host : {"localhost", "127.0.0.1", "127.1.2.3", "::1"}) {
        EXPECT_TRUE(is_loopback(host)) << host;
    }
    for (const std::string host :
         {"", "::2", "128.0.0.1", "127.0.0.1.example.org", "127.0.0.256", "localhost.example"}) {
        EXPECT_FALSE(is_loopback(host)) << host;
    }
}

}  // namespace
}  // namespace chr21::https
