#pragma once

#include "cli/settings.hpp"

#include <expected>
#include <string>

namespace chr21::cli {

// What every way of serving does.

// As begin(); where the database cannot be reached it is tried again for as long as the settings
// say.
std::expected<datasets::Start, std::string> begin_with_patience(const ServeSettings& settings,
                                                                const observe::Observer& observer);

// Answers AWS Lambda's events until told to stop. A start that fails is told to Lambda as well.
int serve_lambda(const ServeSettings& settings, const LambdaEnvironment& environment);

// Tells AWS Lambda, where this is a function of it, why the program ends before its first event.
// `type` is as in lambda::Failure.
void report_failed_start(const std::string& type, const std::string& message);

}  // namespace chr21::cli
