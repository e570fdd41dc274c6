#pragma once

#include <string>
#include <string_view>

namespace chr21::mart {

// Bytes that can be shown anywhere: as they are where they are UTF-8 without control characters,
// otherwise with all but printable ASCII spelled out, as in "caf\xE9".
std::string to_printable(std::string_view bytes);

}  // namespace chr21::mart
