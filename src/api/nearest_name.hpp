#pragma once

#include <span>
#include <string>
#include <string_view>

namespace chr21::api {

// "did you mean page_size?", or the names to choose from where none is near. Known names
// are in lower case; the case of the given one does not count.
std::string nearest_name(std::string_view given, std::span<const std::string_view> known);
std::string nearest_name(std::string_view given, std::span<const std::string> known);

}  // namespace chr21::api
