#include "api/representation_parts.hpp"

namespace chr21::api {

void append_one_line(std::string& out, std::string_view text) {
    for (auto at = text.find_first_of("\t\r\n"); at != std::string_view::npos;
         at = text.find_first_of("\t\r\n")) {
        out.append(text.substr(0, at)).append(1, ' ');
        text.remove_prefix(at + 1);
    }
    out.append(text);
}

}  // namespace chr21::api
