#include "transport/http/request_reader.hpp"

#include "tests/fuzz/http_request_property.hpp"

#include <algorithm>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/mman.h>

namespace chr21::http {
namespace {

const RequestLimits limits;

TEST(RequestReader, HandsOverWhatTheServiceReads) {
    const std::string bytes =
        "POST /genes/lookup?a=%20b HTTP/1.1\r\nhost: a:80\r\nACCEPT: text/csv\r\n"
        "Accept-Encoding: br\r\nContent-Type: application/json\r\nContent-Encoding: identity\r\n"
        "If-None-Match: \"1\"\r\nOrigin: http://b\r\nAccess-Control-Request-Method: POST\r\n"
        "x-request-id: 7\r\nX-Forwarded-Proto: https\r\nUser-Agent: c\r\nContent-Length: "
        "2\r\n\r\n{}GET";
    RequestReader reader(limits);
    const auto reading = reader.read(bytes);
    ASSERT_EQ(reading.progress, Progress::complete) << reading.refusal.detail;
    EXPECT_EQ(reading.consumed, bytes.size() - 3);
    EXPECT_TRUE(reading.keep_alive);
    const auto& request = reading.request;
    EXPECT_EQ(request.method, service::Method::post);
    EXPECT_EQ(request.method_text, "POST");
    EXPECT_EQ(request.target, "/genes/lookup?a=%20b");
    EXPECT_EQ(request.body, "{}");
    EXPECT_EQ(request.accept, "text/csv");
    EXPECT_EQ(request.accept_encoding, "br");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(request.content_encoding, "identity");
    EXPECT_EQ(request.if_none_match, "\"1\"");
    EXPECT_EQ(request.origin, "http://b");
    EXPECT_EQ(request.access_control_request_method, "POST");
    EXPECT_EQ(request.request_id, "7");
    EXPECT_EQ(request.host, "a:80");
    EXPECT_EQ(request.forwarded_proto, "https");
}

TEST(RequestReader, JoinsFieldsThatAreRepeatedOrFolded) {
    RequestReader reader(limits);
    const std::string bytes =
        "GET / HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\nIf-None-Match: \"1\"\r\n"
        "Accept: text/html\r\nAccept: */*\r\nIf-None-Match:\r\n \"2\",\r\n\t\"3\"\r\n\r\n";
    const auto reading = reader.read(bytes);
    ASSERT_EQ(reading.progress, Progress::complete) << reading.refusal.detail;
    EXPECT_EQ(reading.request.accept, "text/csv, text/html, */*");
    EXPECT_EQ(reading.request.if_none_match, "\"1\", \"2\", \"3\"");
}

TEST(RequestReader, TakesTheHostFromTheTargetWhereItNamesOne) {
    struct Case {
        std::string_view bytes, host;
    };
    for (const auto& [bytes, host] : {
             Case{"GET / HTTP/1.1\r\nHost: a:1\r\n\r\n", "a:1"},
             Case{"POST / HTTP/1.1\r\nHost: a:1\r\n\r\n", "a:1"},
             Case{"GET http://b:2/ HTTP/1.1\r\nHost: a:1\r\n\r\n", "b:2"},
             Case{"GET HTTPS://b?c HTTP/1.1\r\nHost: a:1\r\n\r\n", "b"},
             Case{"GET / HTTP/1.0\r\n\r\n", ""},
         }) {
        RequestReader reader(limits);
        const auto reading = reader.read(bytes);
        ASSERT_EQ(reading.progress, Progress::complete) << bytes;
        EXPECT_EQ(reading.request.host, host) << bytes;
    }
}

TEST(RequestReader, TakesPathAndQueryFromEachFormOfTarget) {
    struct Case {
        std::string_view line;
        std::string_view target;
    };
    for (const auto& [line, target] : {
             Case{"GET /a?b#c", "/a?b#c"},
             Case{"GET http://a/b?c", "/b?c"},
             Case{"GET HTTPS://a:80/b", "/b"},
             Case{"GET http://a", "/"},
             Case{"GET http://a?b=1", "/?b=1"},
             Case{"OPTIONS *", "*"},
             Case{"CONNECT a:443", "a:443"},
             Case{"GET //a", "//a"},
         }) {
        RequestReader reader(limits);
        const auto bytes = std::string(line) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        const auto reading = reader.read(bytes);
        ASSERT_EQ(reading.progress, Progress::complete) << line;
        EXPECT_EQ(reading.request.target, target) << line;
    }
}

TEST(RequestReader, CallsMethodsThatTheServiceDoesNotKnowOther) {
    for (const std::string method : {"DELETE", "CONNECT", "get", "BREW"}) {
        RequestReader reader(limits);
        const auto bytes = method + " /a HTTP/1.1\r\nHost: a\r\n\r\n";
        const auto reading = reader.read(bytes);
        ASSERT_EQ(reading.progress, Progress::complete) << method;
        EXPECT_EQ(reading.request.method, service::Method::other) << method;
        EXPECT_EQ(reading.request.method_text, method);
    }
}

TEST(RequestReader, LetsEmptyLinesBeforeARequestPass) {
    const auto heard = fuzz::hear(
        "\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n\r\n"
        "GET /b HTTP/1.1\r\nHost: a\r\n\r\n",
        1);
    EXPECT_EQ(heard.requests.size(), 2U);
}

TEST(RequestReader, IgnoresTrailers) {
    RequestReader reader(limits);
    const std::string bytes =
        "POST /a HTTP/1.1\r\nHost: a\r\nAccept: b\r\nTransfer-Encoding: chunked\r\n\r\n"
        "1;c=d\r\n{\r\n1\r\n}\r\n0\r\nAccept: e\r\nHost: f\r\n\r\n";
    const auto reading = reader.read(bytes);
    ASSERT_EQ(reading.progress, Progress::complete) << reading.refusal.detail;
    EXPECT_EQ(reading.request.accept, "b");
    EXPECT_EQ(reading.request.body, "{}");
    EXPECT_EQ(reading.consumed, bytes.size());
}

TEST(RequestReader, TellsAFaultBeforeTheHeadHasEnded) {
    for (const std::string_view bytes :
         {"\x16\x03\x01", "GET /a HTTP/3.0\r\n", "GET /a HTTP/1.1\nHost", "GET a HTTP/1.1\r\n"}) {
        RequestReader reader(limits);
        EXPECT_EQ(reader.read(bytes).progress, Progress::refused) << bytes;
    }
}

TEST(RequestReader, WantsContinueOnceAndOnlyWhileTheBodyIsMissing) {
    const std::string head =
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
    RequestReader reader(limits);
    EXPECT_TRUE(reader.read(head).continue_wanted);
    EXPECT_TRUE(reader.expects_body());
    EXPECT_FALSE(reader.read("{").continue_wanted);
    EXPECT_EQ(reader.read("}").request.body, "{}");
    EXPECT_FALSE(reader.expects_body());
}

std::string word_from(const std::vector<std::string>& words) { return *rc::gen::elementOf(words); }

RC_GTEST_PROP(RequestReader, UnderstandsTheSameHoweverTheBytesAreCut, ()) {
    static const std::vector<std::string> words = {
        "GET",
        "POST",
        " ",
        "/a",
        "/genes?b=1",
        "*",
        "http://a/b",
        "HTTP/1.1",
        "HTTP/1.0",
        "HTTP/2.0",
        "\r\n",
        "\r\n\r\n",
        "\n",
        "\r",
        "Host: a",
        "Host: b",
        "Accept: c",
        "Content-Length: 3",
        "Transfer-Encoding: chunked",
        "Connection: close",
        "Expect: 100-continue",
        "\r\n ",
        "abc",
        "0\r\n\r\n",
        "3\r\nabc\r\n",
        "5;x=y\r\n",
        "HEAD /d HTTP/1.1\r\nhOST:  a:1 \r\n",
        "X-Request-Id: 1\r\n",
        "Connection: keep-alive\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n{.}",
        "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"};
    const auto count = *rc::gen::inRange(1, 20);
    std::string bytes(1, *rc::gen::arbitrary<char>());  // decides where the property cuts
    for (int i = 0; i < count; ++i) {
        bytes += word_from(words);
    }
    RC_ASSERT(fuzz::http_request_complaint(bytes) == "");
}

// Memory that comes to be read in pieces; what has been read long ago may not be read again.
class Passing {
public:
    explicit Passing(std::string_view bytes) : size_(bytes.size()) {
        void* const memory =
            ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::bad_alloc();
        start_ = static_cast<char*>(memory);
        bytes.copy(start_, size_);
    }
    ~Passing() { ::munmap(start_, size_); }
    Passing(const Passing&) = delete;
    Passing& operator=(const Passing&) = delete;

    // All but the first page and the last `kept` bytes of these.
    void forget(std::size_t count, std::size_t kept) const {
        constexpr std::size_t page = 4096;
        const auto end = count / page * page;
        if (end > kept + page) ::mprotect(start_ + page, end - kept - page, PROT_NONE);
    }
    void remember() const { ::mprotect(start_, size_, PROT_READ | PROT_WRITE); }
    std::string_view first(std::size_t count) const { return {start_, count}; }

private:
    std::size_t size_;
    char* start_ = nullptr;
};

TEST(RequestReader, ReadsEachLineOfALongHeadOnceUntilItsEndHasCome) {
    constexpr RequestLimits wide{.head = std::size_t{1} << 20};
    constexpr std::size_t recent = std::size_t{64} * 1024;
    std::string head = "GET /health HTTP/1.1\r\nHost: a\r\n";
    const auto start = head.size();
    while (head.size() < 1'000'000) head += "X:1\r\n";
    const auto whole = head + "Accept: text/csv\r\n\r\n";
    const Passing passing(whole);
    RequestReader reader(wide);
    for (auto count = start; count <= head.size(); count += 5) {
        ASSERT_EQ(reader.read(passing.first(count)).progress, Progress::partial);
        if (count % recent < 5) passing.forget(count, recent);
    }
    passing.remember();
    const auto reading = reader.read(passing.first(whole.size()));
    ASSERT_EQ(reading.progress, Progress::complete) << reading.refusal.detail;
    EXPECT_EQ(reading.request.accept, "text/csv");
}

// Until then it may be continued.
TEST(RequestReader, TellsAFaultOfALineWhenTheNextHasBegun) {
    RequestReader reader(limits);
    std::string bytes;
    const auto come = [&](std::string_view more) { return reader.read(bytes += more); };
    EXPECT_EQ(come("GET / HT").progress, Progress::partial);
    EXPECT_EQ(come("TP/1.1\r\n").progress, Progress::partial);
    EXPECT_EQ(come("Host: a\r\nAccept: a\r\n").progress, Progress::partial);
    EXPECT_EQ(come(" folded\r\n").progress, Progress::partial);
    EXPECT_EQ(come("Accept: b\r\n").progress, Progress::partial);
    EXPECT_EQ(come("no colon\r\n").progress, Progress::partial);
    const auto faulty = come("A");
    EXPECT_EQ(faulty.progress, Progress::refused);
    EXPECT_EQ(faulty.refusal.status, 400);
}

TEST(RequestReader, KeepsAFieldThatIsRepeatedOften) {
    constexpr RequestLimits wide{.head = std::size_t{1} << 20};
    std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n";
    constexpr std::ptrdiff_t often = 10'000;
    for (auto i = often; i > 0; --i) bytes += "Accept: a/b\r\n";
    RequestReader reader(wide);
    const auto reading = reader.read(bytes += "\r\n");
    ASSERT_EQ(reading.progress, Progress::complete) << reading.refusal.detail;
    EXPECT_EQ(std::ranges::count(reading.request.accept, ','), often - 1);
    EXPECT_EQ(std::ranges::distance(reading.texts), 1);  // not one for each
}

}  // namespace
}  // namespace chr21::http
