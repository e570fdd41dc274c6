#pragma once

#include "mart/header.hpp"

#include <string>
#include <vector>

namespace chr21::mart {

// What is unusual about the columns of an export, in sentences: row numbers, genes without names or
// places.
std::vector<std::string> header_warnings(const Header& header);

}  // namespace chr21::mart
