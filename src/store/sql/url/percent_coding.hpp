#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chr21::sql {

// Absent where a "%" is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);

// Everything but letters, digits, "-", ".", "_" and the characters of `kept` as %XX.
std::string percent_encoded(std::string_view text, std::string_view kept = {});

}  // namespace chr21::sql
