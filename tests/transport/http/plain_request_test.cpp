#include "transport/http/plain_request.hpp"

#include "tests/fuzz/http_request_property.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace chr21::http {
namespace {

const RequestLimits limits;

std::size_t bytes_of_plain(std::string_view text, const RequestLimits& within = limits) {
    service::Request request;
    return read_plain_request(text, within, request);
}

TEST(PlainRequest, IsReadAsBeastReadsIt) {
    for (const std::string_view text : {
             "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /genes?name=a%20b+c HTTP/1.1\r\nHost: 127.0.0.1:8021\r\n\r\n",
             "HEAD /genes/ENSG00000157540 HTTP/1.1\r\nhOsT:a\r\n\r\n",
             "GET /a HTTP/1.1\r\nHost: [::1]:80\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n",
             "GET /a HTTP/1.1\r\nHost:\r\n\r\n",
             "GET /a HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive\r\nConnection: "
             "keep-alive\r\n\r\n",
             "GET /a HTTP/1.1\r\nACCEPT:  text/csv;q=1, */* \r\nAccept-Encoding: gzip, br\r\n"
             "If-None-Match: \"1\", W/\"2\"\r\nHost: a\r\nOrigin: http://b\r\nX-Request-Id: 7\r\n"
             "Referer: http://c:d@e/\r\nAccept-Language: de\r\nCache-Control: no-cache\r\n"
             "Pragma: x\r\nCookie: y=z; y=z\r\nDNT: 1\r\nSec-Fetch-Dest: empty\r\n"
             "Sec-Fetch-Mode: cors\r\nSec-Fetch-Site: none\r\nTraceparent: 00-1-1-00\r\n"
             "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: http\r\n\r\n",
             "GET /a HTTP/1.1\r\nHost: a\r\nAccept:\r\nUser-Agent:  \r\n\r\n",
         }) {
        EXPECT_EQ(bytes_of_plain(std::string(text) + "GET /"), text.size()) << text;
        EXPECT_TRUE(fuzz::plain_reading_agrees(text, limits)) << text;
    }
}

TEST(PlainRequest, IsNoneBeforeItsHeadHasEnded) {
    constexpr std::string_view text =
        "GET /genes?page=2 HTTP/1.1\r\nHost: a.example\r\nAccept: */*\r\n\r\n";
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_EQ(bytes_of_plain(text.substr(0, size)), 0) << size;
    }
    EXPECT_EQ(bytes_of_plain(text), text.size());
}

TEST(PlainRequest, LeavesWhatIsOddToBeast) {
    using namespace std::string_view_literals;
    for (const auto text : {
             // the request line
             "POST / HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "get / HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GETS / HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET * HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET genes HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET http://a/genes HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET  HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             "GET / HTTP/1.0\r\nHost: a\r\n\r\n"sv,
             "GET / HTTP/1.2\r\nHost: a\r\n\r\n"sv,
             "GET / HTTP/2.0\r\nHost: a\r\n\r\n"sv,
             "GET / http/1.1\r\nHost: a\r\n\r\n"sv,
             "GET /\r\nHost: a\r\n\r\n"sv,
             "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"sv,
             "GET / HTTP/1.1\nHost: a\r\n\r\n"sv,
             "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"sv,
             // Host
             "GET / HTTP/1.1\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"sv,
             // a body, another protocol, the end of the connection
             "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nTrailer: x\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nConnection:\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nProxy-Connection: close\r\n\r\n"sv,
             // how fields are written
             "GET / HTTP/1.1\r\nHost : a\r\n\r\n"sv,
             "GET / HTTP/1.1\r\n Host: a\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept: a\r\n b\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept:\ta\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept: a\r\nAccept: b\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept:\r\nAccept:\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept: \x01\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept: \x7f\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nReferer: /\xc3\xa4\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept: a\0b\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept: a\rb\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept: a\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\n\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nAccept-: a\r\n\r\n"sv,
             "GET / HTTP/1.1\r\nHost: a\r\nX-Unheard-Of: a\r\n\r\n"sv,
         }) {
        EXPECT_EQ(bytes_of_plain(text), 0) << text;
    }
}

TEST(PlainRequest, KeepsWithinTheLimits) {
    constexpr std::string_view text = "GET /genes HTTP/1.1\r\nHost: a\r\n\r\n";
    EXPECT_EQ(bytes_of_plain(text, {.head = text.size(), .target = 6}), text.size());
    EXPECT_EQ(bytes_of_plain(text, {.head = text.size() - 1, .target = 6}), 0);
    EXPECT_EQ(bytes_of_plain(text, {.head = text.size(), .target = 5}), 0);
}

// Each byte at each place: those that are plain are read by Beast likewise.
TEST(PlainRequest, IsReadAsBeastReadsItWhicheverByteIsReplaced) {
    const std::string text =
        "GET /a?b=c HTTP/1.1\r\nHost: a:1\r\nAccept: b, c\r\nConnection: keep-alive\r\n\r\n";
    int plain = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            auto changed = text;
            changed[at] = static_cast<char>(byte);
            if (bytes_of_plain(changed) > 0) ++plain;
            EXPECT_TRUE(fuzz::plain_reading_agrees(changed, limits)) << changed;
        }
    }
    EXPECT_GT(plain, 1000);
}

}  // namespace
}  // namespace chr21::http
