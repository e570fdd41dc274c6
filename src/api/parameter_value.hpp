#pragma once

#include "api/parameter.hpp"

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::api {

// Reads one decoded, non-empty value as its parameter's kind says. The error is the message only.
std::expected<ParameterValue, std::string> parse_value(const Parameter& parameter,
                                                       const std::string& text,
                                                       const Bounds& bounds);

// The names that `sort=` takes, in the order of SortField.
std::span<const std::string_view> sort_field_names();

// What `fields=` and `search_in=` take whatever the dataset; the names of its attributes come on
// top.
std::span<const std::string_view> field_choices();
std::span<const std::string_view> search_column_names();

// What the dataset calls its attributes.
std::vector<std::string> attribute_names(const Bounds& bounds);

}  // namespace chr21::api
