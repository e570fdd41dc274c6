#include "cli/usage.hpp"

#include "text/typo.hpp"
#include "text/url_secrets.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chr21::cli {

namespace {

// "; did you mean serve?", or nothing where none is near.
std::string nearest(std::string_view given, const std::vector<std::string>& known) {
    constexpr std::size_t longest_compared = 64;
    if (known.empty() || given.size() > longest_compared) return {};
    const auto distance = [given](const std::string& name) { return typo_distance(given, name); };
    const auto& found = std::ranges::min(known, {}, distance);
    return distance(found) <= 1 + found.size() / 4 ? fmt::format("; did you mean {}?", found) : "";
}

std::vector<std::string> commands_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* command : app.get_subcommands({})) names.push_back(command->get_name());
    return names;
}

// The subcommand that was reached: `datasets show` of `chr21 datasets show x`.
const CLI::App* innermost(const CLI::App* app) {
    for (auto chosen = app->get_subcommands(); !chosen.empty(); chosen = app->get_subcommands()) {
        app = chosen.front();
    }
    return app;
}

std::vector<std::string> flags_of(const CLI::App& command) {
    std::vector<std::string> names;
    for (const auto* option : command.get_options()) {
        for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

// The first word behind the chain of commands that were understood.
std::string first_unknown(const CLI::App& app) {
    const auto left = app.remaining(true);
    if (left.empty()) return {};
    const auto& word = left.front();
    return word.contains("://") ? text::with_secrets_hidden(word) : word;
}

std::string explain_missing_command(const CLI::App& app) {
    const auto& command = *innermost(&app);
    const auto known = commands_of(command);
    const auto there_are = fmt::format("there are: {}", fmt::join(known, ", "));
    const auto given = first_unknown(app);
    if (given.empty()) return "a command is missing; " + there_are;
    const auto hint =
        given.starts_with('-') ? nearest(given, flags_of(command)) : nearest(given, known);
    return fmt::format("{} is not known here{} {}",
                       given,
                       hint.empty() ? ";" : hint,
                       hint.empty() ? there_are : "T" + there_are.substr(1));
}

std::string explain_extra(const CLI::App& app) {
    const auto given = first_unknown(app);
    const auto& command = *innermost(&app);
    const auto name = given.substr(0, given.find('='));
    if (!given.starts_with('-')) {
        return fmt::format("{} is one word too many for chr21 {}", given, command.get_name());
    }
    return fmt::format(
        "{} is no flag of chr21 {}{}", name, command.get_name(), nearest(name, flags_of(command)));
}

// " (from CHR21_PORT)" where the flag that a message begins with was not given.
std::string source_of_value(const CLI::App& app,
                            std::string_view message,
                            std::span<char* const> arguments) {
    const auto flag = message.substr(0, std::min(message.find(':'), message.size()));
    const auto is_flag = [flag](const char* argument) {
        return std::string_view(argument).starts_with(flag);
    };
    if (!flag.starts_with("--") || std::ranges::any_of(arguments, is_flag)) return {};
    for (const auto* option : innermost(&app)->get_options()) {
        if (!option->check_lname(std::string(flag.substr(2)))) continue;
        const auto variable = option->get_envname();
        if (variable.empty() || std::getenv(variable.c_str()) == nullptr) return {};
        return fmt::format(" (from {})", variable);
    }
    return {};
}

}  // namespace

std::string explain(const CLI::App& app,
                    const CLI::ParseError& fault,
                    std::span<char* const> arguments) {
    if (dynamic_cast<const CLI::ExtrasError*>(&fault) != nullptr) return explain_extra(app);
    const std::string message = fault.what();
    if (message.starts_with("A subcommand is required")) return explain_missing_command(app);
    return message + source_of_value(app, message, arguments);
}

}  // namespace chr21::cli
