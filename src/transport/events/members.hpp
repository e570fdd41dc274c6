#pragma once

#include <string_view>

#include <boost/json/object.hpp>

namespace chr21::events {

// Members of an event. Senders and their imitations leave out or set to null whatever they have
// nothing to say in, so a member of another kind counts as absent.

// Null where there is no such object.
const boost::json::object* find_object(const boost::json::object& parent, std::string_view name);

// Empty where there is no such text.
std::string_view find_text(const boost::json::object& parent, std::string_view name);

bool is_true(const boost::json::object& parent, std::string_view name);

inline std::string_view text_of(const boost::json::string& text) {
    return {text.data(), text.size()};
}

}  // namespace chr21::events
