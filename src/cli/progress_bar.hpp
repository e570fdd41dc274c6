#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace chr21::cli {

// One line on standard error that shows how far a job is, how fast it goes and when it will be
// done. Draws at most ten times a second. One thread at a time.
class ProgressBar {
public:
    explicit ProgressBar(bool visible) : visible_(visible) {}

    // `done` of `total` in whatever unit; `count` of `what` for the rate. Another `job` begins
    // anew.
    void show(std::string_view job,
              std::uint64_t done,
              std::uint64_t total,
              std::uint64_t count,
              std::string_view what);

    // Clears the line.
    void end();

private:
    using Clock = std::chrono::steady_clock;

    bool visible_;
    bool drawn_ = false;
    std::string_view job_ = {};
    Clock::time_point started_ = {};
    Clock::time_point last_ = {};
};

}  // namespace chr21::cli
