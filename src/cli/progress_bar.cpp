#include "cli/progress_bar.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace chr21::cli {

namespace {

constexpr std::string_view clear_line = "\r\x1b[K";

bool is_terminal_that_moves() {
    const char* const terminal = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe)
    return isatty(STDERR_FILENO) == 1 && terminal != nullptr &&
           std::string_view(terminal) != "dumb";
}

std::size_t columns() {
    constexpr std::size_t usual = 80;
    winsize size{};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): there is no other way to ask
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
    return size.ws_col;
}

// Only what a signal handler may call.
void clear_and_end(int signal) {
    [[maybe_unused]] const auto written =
        write(STDERR_FILENO, clear_line.data(), clear_line.size());
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

std::string bar_of(double share) {
    constexpr std::size_t width = 30;
    const auto filled = static_cast<std::size_t>(share * width);
    return fmt::format("[{}{}]", std::string(filled, '#'), std::string(width - filled, '.'));
}

struct Amounts {
    std::uint64_t done;
    std::uint64_t total;
    std::uint64_t count;
};

std::string line_of(std::string_view job,
                    const Amounts& amounts,
                    std::string_view what,
                    std::chrono::duration<double> spent) {
    const auto& [done, total, count] = amounts;
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    auto line = fmt::format("{} {} {:3.0f}%  {} {}", job, bar_of(share), share * 100, count, what);
    if (done >= total) return line + ", finishing";
    // A rate and an end mean something only once a while has been measured.
    constexpr double fewest_seconds = 0.2;
    const double seconds = spent.count();
    if (seconds < fewest_seconds || share <= 0) return line;
    return line + fmt::format(", {:.0f}/s, {:.0f} s left",
                              static_cast<double>(count) / seconds,
                              seconds * (1 - share) / share);
}

}  // namespace

ProgressBar::ProgressBar() : visible_(is_terminal_that_moves()) {
    if (!visible_) return;
    before_ = std::signal(SIGINT, clear_and_end);
    if (before_ == SIG_IGN) std::signal(SIGINT, SIG_IGN);
}

ProgressBar::~ProgressBar() {
    end();
    if (visible_) std::signal(SIGINT, before_);
}

void ProgressBar::show(std::string_view job,
                       std::uint64_t done,
                       std::uint64_t total,
                       std::uint64_t count,
                       std::string_view what) {
    if (!visible_) return;
    const auto now = Clock::now();
    if (job != job_) {
        job_ = job;
        started_ = now;
    }
    constexpr auto pause = std::chrono::milliseconds(100);
    const bool is_last = total > 0 && done >= total;
    if (!is_last && now - last_ < pause) return;
    last_ = now;
    auto line =
        total == 0
            ? fmt::format("{} {} {}", job, count, what)
            : line_of(job, {.done = done, .total = total, .count = count}, what, now - started_);
    // A full line would wrap, and what wrapped is not cleared.
    line.resize(std::min(line.size(), columns() - 1));
    fmt::print(stderr, "{}{}", clear_line, line);
    std::fflush(stderr);
    drawn_ = true;
}

void ProgressBar::end() {
    if (drawn_) fmt::print(stderr, "{}", clear_line);
    drawn_ = false;
    job_ = {};
}

}  // namespace chr21::cli
