#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chr21::mart {

// Bytes that can be shown anywhere: as they are where they are UTF-8 without control characters,
// otherwise with all but printable ASCII spelled out, as in "caf\xE9" and "a\tb".
std::string to_printable(std::string_view bytes);

// Likewise the first characters, at most `most` bytes and then "..." where there are more: a cell
// or line can have any length.
std::string shortened(std::string_view bytes, std::size_t most);

// A cell between quotes, shortened to 60 bytes.
std::string quoted(std::string_view value);

}  // namespace chr21::mart
