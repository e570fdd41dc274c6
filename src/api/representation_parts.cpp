#include "api/representation_parts.hpp"

#include <array>
#include <charconv>

namespace chr21::api {

void append_number(std::string& out, std::int64_t number) {
    std::array<char, 20> digits{};
    char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_one_line(std::string& out, std::string_view text) {
    for (auto at = text.find_first_of("\t\r\n"); at != std::string_view::npos;
         at = text.find_first_of("\t\r\n")) {
        out.append(text.substr(0, at)).append(1, ' ');
        text.remove_prefix(at + 1);
    }
    out.append(text);
}

}  // namespace chr21::api
