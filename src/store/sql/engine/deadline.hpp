#pragma once

#include <chrono>

namespace chr21::sql {

// Ends the connection of a socket once its time is up, while this object lives: whoever waits for
// an answer there is told that the connection is lost. For client libraries that would wait for
// ever. The socket must stay open for as long. From any thread.
class Deadline {
public:
    Deadline(int socket, std::chrono::milliseconds time);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    Deadline(Deadline&&) = delete;
    Deadline& operator=(Deadline&&) = delete;

private:
    std::chrono::steady_clock::time_point end_;
    int socket_;
};

}  // namespace chr21::sql
