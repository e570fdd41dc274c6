#pragma once

#include "text/ascii.hpp"
#include "text/percent_coding.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace chr21::sql {

// What is wrong with a part of a URL, in words that repeat nothing of a password; empty: nothing.
using Complaint = std::string;

// A part that is nothing but digits.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number number{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || fault != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

// Decodes what stands for a part into it. `name` is what people call it.
inline Complaint decode(std::string_view text, std::string_view name, std::string& part) {
    auto decoded = text::percent_decoded(text);
    if (!decoded) return R"(each "%" needs two hexadecimal digits: "%" itself is %25)";
    if (std::ranges::any_of(*decoded, text::is_control)) {
        return "the " + std::string(name) + " cannot hold a control character";
    }
    part = *std::move(decoded);
    return {};
}

}  // namespace chr21::sql
