#include "mart/frame.hpp"

#include "text/ascii.hpp"
#include "text/invisible.hpp"

#include <algorithm>

namespace chr21::mart {
namespace {

bool is_separator_line(std::string_view line) {
    line = text::trimmed(line);
    if (line.starts_with('"') && line.ends_with('"') && line.size() > 1) {
        line = line.substr(1, line.size() - 2);
    }
    return text::equal_ignoring_case(line, "sep=,") || text::equal_ignoring_case(line, "sep=");
}

bool is_before_the_header(std::string_view line) {
    return line.starts_with('#') || text::trimmed(line).empty() || is_separator_line(line);
}

}  // namespace

Frame find_frame(std::string_view text) {
    Frame frame{.table = text, .has_last_line_end = text.empty() || text.ends_with('\n')};
    while (!frame.table.empty()) {
        const auto line_end = std::min(frame.table.find('\n'), frame.table.size() - 1);
        const auto line = frame.table.substr(0, line_end + 1);
        if (!is_before_the_header(line)) break;
        frame.table.remove_prefix(line.size());
        ++frame.first_line;
    }
    return frame;
}

bool has_lone_carriage_return(std::string_view text) {
    auto line = text.substr(0, text.find('\n'));
    while (line.ends_with('\r')) line.remove_suffix(1);
    return line.contains('\r');
}

}  // namespace chr21::mart
