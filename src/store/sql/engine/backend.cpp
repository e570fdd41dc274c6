#include "store/sql/engine/backend.hpp"

#include <charconv>

namespace chr21::sql {

std::int64_t to_number(std::string_view digits) {
    std::int64_t number = 0;
    const auto [stop, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (stop != digits.data() + digits.size() || fault != std::errc{}) {
        throw EngineFault(std::string(digits) + " is no whole number of 64 bits", 0);
    }
    return number;
}

}  // namespace chr21::sql
