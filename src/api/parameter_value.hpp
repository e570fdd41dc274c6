#pragma once

#include "api/parameter.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::api {

// What is wrong with a value.
struct ValueFault {
    enum class Kind : std::uint8_t {
        malformed,
        unknown_part,   // a part of it names nothing, and there is something near
        names_nothing,  // all of it, though it is well formed
    };
    std::string message;
    Kind kind = Kind::malformed;
};

// Reads one decoded, non-empty value as its parameter's kind says. A chromosome becomes the name
// that the dataset has for it, or none.
std::expected<ParameterValue, ValueFault> parse_value(const Parameter& parameter,
                                                      const std::string& text,
                                                      const Bounds& bounds);

// Whether the dataset has what the argument's text names, as it is written; true for texts that
// name nothing. The value is not looked at.
bool is_known(const Argument& argument, const Bounds& bounds);

// Whether the value, which was read, names nothing in the dataset.
bool names_nothing(const Argument& argument, const Bounds& bounds);

// At most `most` values that name something, nearest first, for one that does not. About as costly
// as a gene that is found.
std::vector<std::string> nearest_of(const Argument& argument,
                                    const Bounds& bounds,
                                    std::size_t most);

// What the value, which was read, was taken for where that is another name; absent where it means
// what it says.
std::optional<std::string> read_as(const Argument& argument);

// "names-nothing", with the nearest values.
service::Notice make_notice_of_nothing(std::string_view parameter,
                                       std::string value,
                                       std::vector<std::string> nearest);

// The names that `sort=` takes, in the order of SortField.
std::span<const std::string_view> sort_field_names();

// What `fields=` and `search_in=` take whatever the dataset; the names of its attributes come on
// top.
std::span<const std::string_view> field_choices();
std::span<const std::string_view> search_column_names();

// What the dataset calls its attributes.
std::vector<std::string> attribute_names(const Bounds& bounds);

}  // namespace chr21::api
