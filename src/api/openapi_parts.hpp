#pragma once

#include "api/parameter.hpp"

#include <span>
#include <string_view>

#include <boost/json.hpp>

namespace chr21::api::openapi {

// Pieces of the OpenAPI document.
boost::json::string text(std::string_view view);
boost::json::array to_array(std::span<const std::string_view> texts);

// The parameter object of a parameter or of a family of them.
boost::json::object describe(const Parameter& parameter);

}  // namespace chr21::api::openapi
