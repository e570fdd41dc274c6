#include "cli/lambda_environment.hpp"

#include "text/ascii.hpp"

#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <utility>

namespace chr21::cli {
namespace {

std::string_view variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string_view() : value;
}

// A whole number from 1 to `most`.
std::optional<std::uint64_t> number_in(const char* name, std::uint64_t most) {
    const auto text = variable(name);
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = fault == std::errc{} && end == text.data() + text.size();
    if (!is_number || number == 0 || number > most) return std::nullopt;
    return number;
}

observe::LogLevel log_level() {
    using observe::LogLevel;
    constexpr std::array<std::pair<std::string_view, LogLevel>, 6> levels{{
        {"trace", LogLevel::debug},
        {"debug", LogLevel::debug},
        {"info", LogLevel::info},
        {"warn", LogLevel::warning},
        {"error", LogLevel::error},
        {"fatal", LogLevel::error},
    }};
    for (const auto& [word, level] : levels) {
        if (text::equal_ignoring_case(word, variable("AWS_LAMBDA_LOG_LEVEL"))) return level;
    }
    return LogLevel::info;
}

}  // namespace

std::optional<LambdaEnvironment> lambda_environment() {
    const auto runtime_api = variable("AWS_LAMBDA_RUNTIME_API");
    if (runtime_api.empty()) return std::nullopt;
    constexpr std::uint64_t most_pollers = 1024;  // processes and threads that a function may have
    constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
    LambdaEnvironment environment{
        .runtime_api = std::string(runtime_api),
        .function_name = std::string(variable("AWS_LAMBDA_FUNCTION_NAME")),
        .most_invocations = static_cast<unsigned>(
            number_in("AWS_LAMBDA_MAX_CONCURRENCY", most_pollers).value_or(1)),
        .memory = number_in("AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                            std::numeric_limits<std::uint64_t>::max() / mebibyte),
        .log_level = log_level(),
    };
    if (environment.memory) *environment.memory *= mebibyte;
    return environment;
}

}  // namespace chr21::cli
