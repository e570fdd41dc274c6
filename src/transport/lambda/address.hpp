#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chr21::lambda {

// Where the Runtime API listens.
struct Address {
    std::string host;
    std::string port;

    friend bool operator==(const Address&, const Address&) = default;
};

// Of AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9001", "[::1]:9001". Absent where a part is missing or the
// port is no number from 1 to 65535.
std::optional<Address> parse_address(std::string_view text);

// As it stands in a Host header.
std::string to_text(const Address& address);

}  // namespace chr21::lambda
