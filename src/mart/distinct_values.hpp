#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chr21::mart {

// Adds a value that is not there. Of many values some may be there twice until keep_distinct().
void add_value(std::vector<std::string>& values, std::string_view value);

// Keeps the first of each.
void keep_distinct(std::vector<std::string>& values);

}  // namespace chr21::mart
