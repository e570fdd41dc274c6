#include "transport/events/fields.hpp"

#include "service/header_fields.hpp"
#include "text/ascii.hpp"
#include "transport/events/members.hpp"

#include <algorithm>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace chr21::events {
namespace {

namespace json = boost::json;

// Joins values of one name with ", " (RFC 9110 section 5.3).
void add(std::string_view& place, std::string_view value, std::forward_list<std::string>& joined) {
    if (place.data() == nullptr) {
        place = value;
        return;
    }
    const auto found = std::ranges::find_if(
        joined, [&](const std::string& text) { return text.data() == place.data(); });
    auto& text = found == joined.end() ? joined.emplace_front(place) : *found;
    place = text.append(", ").append(value);
}

// Where a field of that name is kept; null where nothing depends on it.
std::string_view* place_of(std::string_view name, service::Request& request) {
    if (text::equal_ignoring_case(name, "host")) return &request.host;
    const auto* const known = service::find_header_field(name);
    if (known == nullptr || known->place == nullptr) return nullptr;
    return &(request.*known->place);
}

void read_field(const json::key_value_pair& field,
                service::Request& request,
                std::forward_list<std::string>& joined) {
    auto* const place = place_of(field.key(), request);
    if (place == nullptr) return;
    if (const auto* const one = field.value().if_string()) {
        add(*place, text_of(*one), joined);
    } else if (const auto* const several = field.value().if_array()) {
        for (const auto& value : *several) {
            const auto* const text = value.if_string();
            if (text != nullptr) add(*place, text_of(*text), joined);
        }
    }
}

bool has_field(const json::object& fields, std::string_view name) {
    return std::ranges::any_of(fields, [name](const json::key_value_pair& field) {
        return text::equal_ignoring_case(std::string_view(field.key()), name);
    });
}

}  // namespace

void read_fields(const json::object& event,
                 service::Request& request,
                 std::forward_list<std::string>& joined) {
    const auto* const lists = find_object(event, "multiValueHeaders");
    const auto* const lasts = find_object(event, "headers");
    if (lists != nullptr) {
        for (const auto& field : *lists) read_field(field, request, joined);
    }
    if (lasts == nullptr) return;
    for (const auto& field : *lasts) {
        const bool is_told = lists != nullptr && has_field(*lists, field.key());
        if (!is_told) read_field(field, request, joined);
    }
}

}  // namespace chr21::events
