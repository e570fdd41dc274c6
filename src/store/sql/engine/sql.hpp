#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chr21::sql {

using SqlValue = std::variant<std::int64_t, std::string>;

// A statement, or a piece of one. Each "?" stands for the next value; no value is ever text.
struct Sql {
    std::string text;
    std::vector<SqlValue> values = {};

    Sql& append(std::string_view more, std::vector<SqlValue> bound = {});
    Sql& append(const Sql& more);

    friend bool operator==(const Sql&, const Sql&) = default;
};

}  // namespace chr21::sql
