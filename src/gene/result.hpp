#pragma once

#include <expected>
#include <string>
#include <utility>

namespace chr21 {

// What was wrong with one named piece of input, in words for the person who sent it.
struct Error {
    std::string parameter;  // the parameter, flag, column or file that is at fault
    std::string value;      // what was given, as given
    std::string message;    // what is wrong and what is allowed; a sentence without a full stop

    friend bool operator==(const Error&, const Error&) = default;
};

template <class Value>
using Result = std::expected<Value, Error>;

inline std::unexpected<Error> fault(std::string parameter, std::string value, std::string message) {
    return std::unexpected(Error{.parameter = std::move(parameter),
                                 .value = std::move(value),
                                 .message = std::move(message)});
}

}  // namespace chr21
