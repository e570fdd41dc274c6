#include "api/look_up_body.hpp"

#include "api/parameter_value.hpp"
#include "api/problem.hpp"
#include "text/invisible.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace chr21::api {

namespace {

using service::Problem;

namespace json = boost::json;

constexpr std::size_t most_inputs = 10'000;

struct Member {
    std::string_view name;
    Wanted::Kind kind;
};

// In the order of their slots.
constexpr std::array members{Member{"ids", Wanted::Kind::id},
                             Member{"names", Wanted::Kind::name},
                             Member{"inputs", Wanted::Kind::any}};

std::string shown(const json::value& value) {
    constexpr std::size_t longest_shown = 100;
    return std::string(first_characters(json::serialize(value), longest_shown));
}

std::string_view seen_of(const json::string& text) {
    return text::trimmed({text.data(), text.size()});
}

// What is wrong with one ID or name, of which this is seen; null: nothing.
const char* fault_of(std::string_view seen) {
    if (seen.empty() || seen.contains('\0')) {
        return "must be a string that is not empty and holds no NUL";
    }
    if (seen.size() > longest_text && count_characters(seen) > longest_text) {
        return "is longer than 256 characters";
    }
    return nullptr;
}

void read_texts(const Member& member, const json::value& value, LookUpBody& into, Faults& faults) {
    const auto* array = value.if_array();
    if (array == nullptr) {
        faults.add({std::string(member.name), shown(value), "must be an array of strings"});
        return;
    }
    into.wanted.reserve(into.wanted.size() + array->size());
    into.sent.reserve(into.sent.size() + array->size());
    for (std::size_t at = 0; at < array->size(); ++at) {
        const auto* text = (*array)[at].if_string();
        const auto seen = text == nullptr ? std::string_view() : seen_of(*text);
        if (const auto* fault = fault_of(seen)) {
            faults.add_if_told([&] {
                return Error{fmt::format("{}[{}]", member.name, at), shown((*array)[at]), fault};
            });
        } else {
            into.wanted.push_back({.kind = member.kind, .text = std::string(seen)});
            into.sent.emplace_back(*text);
        }
    }
}

// Of all members, before anything is looked at: what is wrong with too many is not told of each.
std::size_t count_inputs(const json::object& object) {
    std::size_t count = 0;
    for (const auto& member : members) {
        const auto* value = object.if_contains(member.name);
        const auto* array = value == nullptr ? nullptr : value->if_array();
        count += array == nullptr ? 0 : array->size();
    }
    return count;
}

std::expected<LookUpBody, Problem> read_members(const json::object& object) {
    if (const auto count = count_inputs(object); count > most_inputs) {
        return std::unexpected(invalid_parameters(
            {{"body",
              std::to_string(count),
              fmt::format("asks for more than {} genes at once", most_inputs)}}));
    }
    LookUpBody read;
    Faults faults;
    for (const auto& [key, value] : object) {
        const std::string_view name(key.data(), key.size());
        if (std::ranges::find(members, name, &Member::name) != members.end()) continue;
        faults.add_if_told([&] {
            return Error{std::string(first_characters(name, longest_text)),
                         shown(value),
                         "is not known; there are: ids, names, inputs"};
        });
    }
    for (const auto& member : members) {
        const auto* value = object.if_contains(member.name);
        if (value != nullptr) read_texts(member, *value, read, faults);
    }
    if (!faults.empty()) return std::unexpected(invalid_parameters(faults));
    return read;
}

}  // namespace

std::expected<LookUpBody, Problem> read_look_up_body(std::string_view body) {
    if (find_invalid_utf8(body)) {
        return std::unexpected(invalid_parameters({{"body", "", "is not UTF-8"}}));
    }
    boost::system::error_code error;
    const auto value = json::parse(json::string_view(body.data(), body.size()), error);
    if (error) {
        return std::unexpected(
            invalid_parameters({{"body", "", "is not JSON: " + error.message()}}));
    }
    const auto* object = value.if_object();
    if (object == nullptr || object->empty()) {
        return std::unexpected(invalid_parameters(
            {{"body", shown(value), "must be an object with \"ids\", \"names\" or \"inputs\""}}));
    }
    return read_members(*object);
}

}  // namespace chr21::api
