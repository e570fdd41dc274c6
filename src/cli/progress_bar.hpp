#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace chr21::cli {

// One line on standard error that shows how far a job is, how fast it goes and when it will be
// done, no wider than the terminal. Draws at most ten times a second, and nothing where standard
// error is no terminal or TERM is "dumb". While it lives, Ctrl-C clears the line before it ends the
// process. One thread at a time.
class ProgressBar {
public:
    ProgressBar();
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    // `done` of `total` in whatever unit, 0 where the total is unknown; `count` of `what` for the
    // rate. Another `job` begins anew. With the last of them it says that the job is finishing.
    void show(std::string_view job,
              std::uint64_t done,
              std::uint64_t total,
              std::uint64_t count,
              std::string_view what);

    // Clears the line.
    void end();

private:
    using Clock = std::chrono::steady_clock;

    using Handler = void (*)(int);

    bool visible_;
    Handler before_ = nullptr;  // of SIGINT
    bool drawn_ = false;
    std::string_view job_ = {};
    Clock::time_point started_ = {};
    Clock::time_point last_ = {};
};

}  // namespace chr21::cli
