#include "transport/events/members.hpp"

#include <boost/json/value.hpp>

namespace chr21::events {

const boost::json::object* find_object(const boost::json::object& parent, std::string_view name) {
    const auto* const member = parent.if_contains(name);
    return member == nullptr ? nullptr : member->if_object();
}

std::string_view find_text(const boost::json::object& parent, std::string_view name) {
    const auto* const member = parent.if_contains(name);
    const auto* const text = member == nullptr ? nullptr : member->if_string();
    return text == nullptr ? std::string_view() : text_of(*text);
}

bool is_true(const boost::json::object& parent, std::string_view name) {
    const auto* const member = parent.if_contains(name);
    const auto* const flag = member == nullptr ? nullptr : member->if_bool();
    return flag != nullptr && *flag;
}

}  // namespace chr21::events
