#include "store/sql/engine/answer_wait.hpp"

#include <array>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace chr21::testing {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

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
    void write() const { EXPECT_EQ(send(ends[1], "x", 1, 0), 1); }

    std::array<int, 2> ends{};
};

TEST(WaitForAnswer, EndsAConnectionThatStaysSilent) {
    const Connection silent;
    sql::wait_for_answer(silent.ends[0], Clock::now() + 20ms);
    EXPECT_EQ(silent.read(), 0);
}

TEST(WaitForAnswer, LeavesAConnectionThatAnswersAlone) {
    const Connection connection;
    connection.write();
    sql::wait_for_answer(connection.ends[0], Clock::now() + 1h);
    EXPECT_EQ(connection.read(), 1);
    const std::jthread answering([&] {
        std::this_thread::sleep_for(10ms);
        connection.write();
    });
    sql::wait_for_answer(connection.ends[0], Clock::time_point::max());
    EXPECT_EQ(connection.read(), 1);
}

TEST(WaitForAnswer, TakesWhatHasComeAlsoWhenTheTimeIsUp) {
    const Connection connection;
    connection.write();
    sql::wait_for_answer(connection.ends[0], Clock::now() - 1s);
    EXPECT_EQ(connection.read(), 1);
}

TEST(WaitForAnswer, ReturnsWhenTheOtherEndIsGone) {
    const Connection connection;
    shutdown(connection.ends[1], SHUT_RDWR);
    sql::wait_for_answer(connection.ends[0], Clock::time_point::max());
    EXPECT_EQ(connection.read(), 0);
}

}  // namespace
}  // namespace chr21::testing
