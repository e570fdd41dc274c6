#pragma once

#include "observe/log.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace chr21::cli {

// What AWS Lambda tells a function in its environment.
struct LambdaEnvironment {
    std::string runtime_api;                   // AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9001"
    std::string function_name = {};            // AWS_LAMBDA_FUNCTION_NAME
    unsigned most_invocations = 1;             // at a time: AWS_LAMBDA_MAX_CONCURRENCY
    std::optional<std::uint64_t> memory = {};  // bytes: AWS_LAMBDA_FUNCTION_MEMORY_SIZE
    observe::LogLevel log_level = observe::LogLevel::info;  // AWS_LAMBDA_LOG_LEVEL
};

// Absent where this is no Lambda function: AWS_LAMBDA_RUNTIME_API is not set, or empty. What else
// is missing or cannot be read is as where nobody has configured it.
std::optional<LambdaEnvironment> lambda_environment();

}  // namespace chr21::cli
