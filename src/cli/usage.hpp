#pragma once

#include <span>
#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace chr21::cli {

// What is wrong with a command line, in one sentence: the flag or the variable that its value came
// from, the value, what is allowed, and for a word that is not known the nearest one.
std::string explain(const CLI::App& app,
                    const CLI::ParseError& fault,
                    std::span<char* const> arguments);

}  // namespace chr21::cli
