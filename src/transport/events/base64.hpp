#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chr21::events {

// RFC 4648 section 4, with padding and without line breaks: as events hold bytes that are no text.

void append_base64(std::string& out, std::string_view bytes);

// Absent where `text` is no base64.
std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace chr21::events
