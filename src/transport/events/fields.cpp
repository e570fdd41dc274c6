#include "transport/events/fields.hpp"

#include "service/header_fields.hpp"
#include "text/ascii.hpp"
#include "transport/events/members.hpp"

#include <algorithm>

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
std::string_view* place_of(std::string_view name, Fields& fields) {
    if (text::equal_ignoring_case(name, "host")) return &fields.request->host;
    if (text::equal_ignoring_case(name, "x-amzn-trace-id")) return &fields.trace_header;
    const auto* const known = service::find_header_field(name);
    if (known == nullptr || known->place == nullptr) return nullptr;
    return &(fields.request->*known->place);
}

void read_field(const json::key_value_pair& field, Fields& fields) {
    auto* const place = place_of(field.key(), fields);
    if (place == nullptr) return;
    if (const auto* const one = field.value().if_string()) {
        add(*place, text_of(*one), fields.joined);
    } else if (const auto* const several = field.value().if_array()) {
        for (const auto& value : *several) {
            const auto* const text = value.if_string();
            if (text != nullptr) add(*place, text_of(*text), fields.joined);
        }
    }
}

bool has_field(const json::object& fields, std::string_view name) {
    return std::ranges::any_of(fields, [name](const json::key_value_pair& field) {
        return text::equal_ignoring_case(std::string_view(field.key()), name);
    });
}

}  // namespace

void read_fields(const json::object& event, Fields& fields) {
    const auto* const lists = find_object(event, "multiValueHeaders");
    const auto* const lasts = find_object(event, "headers");
    if (lists != nullptr) {
        for (const auto& field : *lists) read_field(field, fields);
    }
    if (lasts == nullptr) return;
    for (const auto& field : *lasts) {
        if (lists == nullptr || !has_field(*lists, field.key())) read_field(field, fields);
    }
}

}  // namespace chr21::events
