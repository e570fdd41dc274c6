#include "store/sql/engine/deadline.hpp"

#include <array>
#include <chrono>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace chr21::testing {
namespace {

using namespace std::chrono_literals;
using sql::Deadline;

// Two ends of a connection.
struct Connection {
    Connection() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0); }
    ~Connection() {
        for (const int end : ends) close(end);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(Connection&&) = delete;

    // Waits for a byte; 0 where the connection has been ended.
    ssize_t read() const {
        char byte = 0;
        return recv(ends[0], &byte, 1, 0);
    }

    std::array<int, 2> ends{};
};

TEST(DeadlineTest, EndsAWaitThatNobodyAnswers) {
    const Connection silent;
    const Deadline deadline(silent.ends[0], 20ms);
    EXPECT_EQ(silent.read(), 0);
}

TEST(DeadlineTest, EndsTheEarlierWaitThoughALaterOneCameFirst) {
    const Connection patient;
    const Connection hasty;
    const Deadline later(patient.ends[0], 1h);
    const Deadline earlier(hasty.ends[0], 20ms);
    EXPECT_EQ(hasty.read(), 0);
    EXPECT_EQ(send(patient.ends[1], "x", 1, 0), 1);
    EXPECT_EQ(patient.read(), 1);
}

TEST(DeadlineTest, LeavesAConnectionAloneOnceItsUserIsDone) {
    const Connection kept;
    {
        const Deadline deadline(kept.ends[0], 1ms);
    }
    const Connection other;
    const Deadline past(other.ends[0], 5ms);
    EXPECT_EQ(other.read(), 0);
    // The first one's time was up before the second one's.
    EXPECT_EQ(send(kept.ends[1], "x", 1, 0), 1);
    EXPECT_EQ(kept.read(), 1);
}

TEST(DeadlineTest, KeepsManyApart) {
    std::vector<std::jthread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([] {
            for (int round = 0; round < 20; ++round) {
                const Connection connection;
                const Deadline deadline(connection.ends[0], round % 2 == 0 ? 2ms : 1h);
                if (round % 2 != 0) {
                    EXPECT_EQ(send(connection.ends[1], "x", 1, 0), 1);
                }
                EXPECT_EQ(connection.read(), round % 2);
            }
        });
    }
}

}  // namespace
}  // namespace chr21::testing
