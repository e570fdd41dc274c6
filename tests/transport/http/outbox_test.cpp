#include "transport/http/outbox.hpp"

#include "transport/http/descriptor.hpp"
#include "transport/http/response_writer.hpp"

#include <array>
#include <atomic>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/socket.h>

namespace chr21::http {
namespace {

struct Pair {
    Pair() {
        std::array<int, 2> numbers{};
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, numbers.data());
        near = Descriptor(numbers[0]);
        far = Descriptor(numbers[1]);
    }

    // Takes at most `limit` bytes that have arrived.
    std::string take(std::size_t limit) const {
        std::string text(limit, '\0');
        const auto size = ::recv(far.number(), text.data(), text.size(), 0);
        text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return text;
    }

    Descriptor near;
    Descriptor far;
};

RC_GTEST_PROP(Outbox, SendsEverythingInOrderAsFastAsItIsTaken, ()) {
    const Pair pair;
    Outbox outbox;
    std::string expected;
    const auto pieces = *rc::gen::inRange(0, 150);
    for (int i = 0; i < pieces; ++i) {
        const auto letter = static_cast<char>('a' + (i % 26));
        std::string body(*rc::gen::element(0U, 1U, 300U, 16'384U, 16'385U, 40'000U), letter);
        outbox.append("head");
        expected.append("head").append(body);
        outbox.append_body(std::move(body));
    }
    RC_ASSERT(outbox.unsent() == expected.size());
    std::string arrived;
    auto sending = outbox.send(pair.near.number());
    while (sending == Sending::blocked) {
        arrived += pair.take(*rc::gen::inRange<std::size_t>(1, 100'000));
        sending = outbox.send(pair.near.number());
    }
    RC_ASSERT(sending == Sending::done);
    RC_ASSERT(outbox.empty());
    for (auto rest = pair.take(1 << 20); !rest.empty(); rest = pair.take(1 << 20)) {
        arrived += rest;
    }
    RC_ASSERT(arrived == expected);
}

TEST(Outbox, LetsOthersComeBetweenTheTurnsOfALongBody) {
    constexpr std::size_t total = std::size_t{64} << 20U;
    const Pair pair;
    Outbox outbox;
    outbox.append_body(std::string(total, 'a'));
    std::atomic<bool> done = false;
    const std::jthread reader([&] {
        while (!done) pair.take(1 << 20);
    });
    std::size_t turns = 0;
    for (auto sending = Sending::blocked; sending == Sending::blocked; ++turns) {
        const auto before = outbox.unsent();
        sending = outbox.send(pair.near.number());
        EXPECT_LE(before - outbox.unsent(), std::size_t{1} << 20U);
    }
    done = true;
    EXPECT_TRUE(outbox.empty());
    EXPECT_GE(turns, 64U);
}

TEST(Outbox, TellsThatTheClientIsGone) {
    Pair pair;
    pair.far = Descriptor();
    Outbox outbox;
    outbox.append("too late");
    EXPECT_EQ(outbox.send(pair.near.number()), Sending::broken);
}

TEST(HttpDate, IsTheFixedFormInUtc) {
    struct Case {
        std::time_t time;
        std::string date;
    };
    for (const auto& [time, date] : {
             Case{0, "Thu, 01 Jan 1970 00:00:00 GMT"},
             Case{784'111'777, "Sun, 06 Nov 1994 08:49:37 GMT"},  // the example of RFC 9110
             Case{1'709'164'799, "Wed, 28 Feb 2024 23:59:59 GMT"},
             Case{1'709'164'800, "Thu, 29 Feb 2024 00:00:00 GMT"},
         }) {
        EXPECT_EQ(http_date(time), date) << time;
    }
}

}  // namespace
}  // namespace chr21::http
