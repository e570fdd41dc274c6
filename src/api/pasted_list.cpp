#include "api/pasted_list.hpp"

#include "text/invisible.hpp"

#include <algorithm>

namespace chr21::api {

std::vector<std::string> entries_of_list(std::string_view text, std::size_t most) {
    constexpr std::string_view separators = ",;|\t\r\n";
    std::vector<std::string> entries;
    std::size_t count = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(separators), text.size());
        const auto entry = text::trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (entry.empty()) continue;
        if (++count <= most) entries.emplace_back(entry);
    }
    if (count < 2) entries.clear();
    return entries;
}

}  // namespace chr21::api
