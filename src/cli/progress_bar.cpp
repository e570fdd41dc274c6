#include "cli/progress_bar.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include <fmt/format.h>

namespace chr21::cli {

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
    if (now - last_ < pause) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const double share =
        total == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    constexpr std::size_t width = 30;
    const auto filled = static_cast<std::size_t>(share * width);
    fmt::print(stderr,
               "\r\x1b[K{} [{}{}] {:3.0f}%  {} {}, {:.0f}/s, {:.0f} s left",
               job,
               std::string(filled, '#'),
               std::string(width - filled, '.'),
               share * 100,
               count,
               what,
               seconds > 0 ? static_cast<double>(count) / seconds : 0,
               share > 0 ? seconds * (1 - share) / share : 0);
    std::fflush(stderr);
    drawn_ = true;
}

void ProgressBar::end() {
    if (drawn_) fmt::print(stderr, "\r\x1b[K");
    drawn_ = false;
    job_ = {};
}

}  // namespace chr21::cli
