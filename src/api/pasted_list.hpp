#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::api {

// The entries of a list that was put where one name belongs, as "APP, SOD1": parted by commas,
// semicolons, bars, tabs or line ends, trimmed, without empty ones. At most `most` of them. None
// where the text has fewer than two entries; a blank alone parts nothing, for names have some.
std::vector<std::string> entries_of_list(std::string_view text, std::size_t most);

}  // namespace chr21::api
