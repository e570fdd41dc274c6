#include "mart/line_numbers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chr21::mart {

void LineNumbers::add(std::size_t line) {
    constexpr std::size_t most = 5;
    ++count;
    if (line == latest) return;
    latest = line;
    ++lines;
    if (first.size() < most) first.push_back(line);
}

std::string to_text(const LineNumbers& lines) {
    const auto more = lines.lines - lines.first.size();
    return fmt::format("{} {}{}",
                       lines.lines == 1 ? "line" : "lines",
                       fmt::join(lines.first, ", "),
                       more > 0 ? fmt::format(" and {} more", more) : "");
}

std::string counted(std::uint64_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace chr21::mart
