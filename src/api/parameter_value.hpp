#pragma once

#include "api/parameter.hpp"

#include <expected>
#include <string>

namespace chr21::api {

// Reads one decoded, non-empty value as its parameter's kind says. The error is the message only.
std::expected<ParameterValue, std::string> parse_value(const Parameter& parameter,
                                                       const std::string& text,
                                                       const Bounds& bounds);

// The names that `sort=` takes, in the order of SortField.
std::span<const std::string_view> sort_field_names();

}  // namespace chr21::api
