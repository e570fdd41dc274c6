#include "cli/flag_of_fault.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace chr21::cli {

std::string with_flag(const Error& error) {
    using Pair = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Pair, 3> flags{
        {{"data", "--data"}, {"database", "--database-url"}, {"name", "--name"}}};
    for (const auto& [parameter, flag] : flags) {
        if (error.parameter == parameter) return std::string(flag) + " " + error.message;
    }
    return error.message;
}

}  // namespace chr21::cli
