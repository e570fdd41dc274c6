#pragma once

#include <string>
#include <string_view>

namespace chr21::api {

// The OpenAPI 3.0.3 document, made from the route table; the same for the same program.
std::string openapi_json(std::string_view version);
std::string openapi_yaml(std::string_view version);

}  // namespace chr21::api
