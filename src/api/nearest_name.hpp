#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::api {

// "did you mean page_size?", or the names to choose from where none is near. The only one that the
// given name is a part of is nearer than one with typos. Known names are in lower case; the case of
// the given one does not count.
std::string nearest_name(std::string_view given, std::span<const std::string_view> known);
std::string nearest_name(std::string_view given, std::span<const std::string> known);

// So many values a list of them has at most, and so many a notice.
inline constexpr std::size_t most_listed_values = 12;
inline constexpr std::size_t most_noticed_values = 5;

// At most `most` of the known values: those first that have the given one in them or lie in it,
// then those that fewer typos part from it, whatever the case; equals as they come.
std::vector<std::string> nearest_values(std::string_view given,
                                        std::span<const std::string> known,
                                        std::size_t most);

// "A, B, C"
std::string list_of(std::span<const std::string> texts);

}  // namespace chr21::api
