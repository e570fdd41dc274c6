#include "service/notice.hpp"

#include "text/percent_coding.hpp"

#include <algorithm>
#include <cstddef>

namespace chr21::service {

namespace {

// For `, more;count=4294967295`.
constexpr std::size_t room_for_more = 24;
constexpr std::size_t longest_item = longest_notice_field - room_for_more;

// ;nearest="21,X"
std::string to_text(const Notice::Parameter& parameter) {
    std::string text(";");
    text.append(parameter.key).append("=\"");
    for (std::size_t at = 0; at < parameter.values.size(); ++at) {
        if (at > 0) text += ',';
        text::append_percent_encoded(text, parameter.values[at], text::is_unreserved);
    }
    return text += '"';
}

// At most longest_item bytes.
std::string to_item(const Notice& notice) {
    std::string item(notice.kind);
    for (const auto& parameter : notice.parameters) {
        if (parameter.values.empty()) continue;
        const auto text = to_text(parameter);
        if (item.size() + text.size() > longest_item) break;
        item += text;
    }
    return item;
}

}  // namespace

std::string to_field_value(std::span<const Notice> notices) {
    constexpr std::string_view separator = ", ";
    std::string value;
    for (std::size_t at = 0; at < notices.size(); ++at) {
        const auto item = to_item(notices[at]);
        const auto before = value.empty() ? std::string_view() : separator;
        if (value.size() + before.size() + item.size() > longest_item) {
            return value.append(separator).append("more;count=") +
                   std::to_string(notices.size() - at);
        }
        value.append(before).append(item);
    }
    return value;
}

}  // namespace chr21::service
