#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

// What flags take. A value that is not allowed is told together with what is.
namespace chr21::cli {

// Takes whole numbers from `least` to `most` alone.
CLI::Validator whole_number(std::uint64_t least, std::uint64_t most);

// A duration, written as 250ms, 10s or 2m; longer than nothing.
void add_duration(CLI::App& app,
                  const std::string& flag,
                  std::chrono::milliseconds& duration,
                  const std::string& variable,
                  const std::string& description);

// A number of bytes, written as 512MiB, 2GiB or 1000; units count in 1024s.
void add_size(CLI::App& app,
              const std::string& flag,
              std::uint64_t& bytes,
              const std::string& variable,
              const std::string& description);

// Takes one of a few words, each of which stands for a value of `target`.
template <class Value, class Target>
CLI::Option* add_choice(CLI::App& app,
                        const std::string& flag,
                        Target& target,
                        const std::vector<std::pair<std::string, Value>>& choices,
                        const std::string& description) {
    std::string words;
    for (const auto& [word, value] : choices) words.append(words.empty() ? "" : ", ").append(word);
    const auto is_known = [choices, words](const std::string& given) {
        for (const auto& choice : choices) {
            if (choice.first == given) return std::string();
        }
        return "\"" + given + "\" is not one of " + words;
    };
    return app
        .add_option_function<std::string>(
            flag,
            [&target, choices](const std::string& given) {
                for (const auto& [word, value] : choices) {
                    if (word == given) target = value;
                }
            },
            description)
        ->check(CLI::Validator(is_known, ""));
}

}  // namespace chr21::cli
