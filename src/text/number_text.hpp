#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::text {

// Whole numbers in a text: five bits to a character from the lowest, each character but the last of
// a number from the second half of an alphabet that needs no escape in any engine's SQL.
void append_number_text(std::string& text, std::uint32_t number);

// The numbers of such a text, in their order. A damaged text gives numbers that were never written.
std::vector<std::int64_t> numbers_in(std::string_view text);

}  // namespace chr21::text
