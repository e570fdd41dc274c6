#pragma once

#include <string>
#include <string_view>

namespace chr21 {

// Appends `text` as a JSON string with its quotes (RFC 8259 section 7). One U+FFFD stands for each
// byte that is not part of UTF-8 text, so the result is always valid JSON.
void append_json_string(std::string& out, std::string_view text);

}  // namespace chr21
