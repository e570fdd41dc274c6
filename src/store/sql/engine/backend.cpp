#include "store/sql/engine/backend.hpp"

#include <charconv>

namespace chr21::sql {

std::int64_t to_number(std::string_view digits) {
    std::int64_t number = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, fault] = std::from_chars(digits.data(), end, number);
    if (stop != end || fault != std::errc{}) {
        throw EngineFault(std::string(digits) + " is no whole number of 64 bits", 0);
    }
    return number;
}

}  // namespace chr21::sql
