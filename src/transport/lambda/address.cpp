#include "transport/lambda/address.hpp"

#include <charconv>
#include <cstdint>

namespace chr21::lambda {
namespace {

bool is_port(std::string_view text) {
    std::uint16_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() && number > 0;
}

bool is_host(std::string_view text, bool in_brackets) {
    if (text.empty() || text.find_first_of("[]/@ \t\r\n") != std::string_view::npos) return false;
    return in_brackets || !text.contains(':');
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    const auto port = text.substr(colon + 1);
    const bool in_brackets = host.starts_with('[') && host.ends_with(']');
    if (in_brackets) host = host.substr(1, host.size() - 2);
    if (!is_host(host, in_brackets) || !is_port(port)) return std::nullopt;
    return Address{.host = std::string(host), .port = std::string(port)};
}

std::string to_text(const Address& address) {
    const bool is_ipv6 = address.host.contains(':');
    return (is_ipv6 ? "[" + address.host + "]" : address.host) + ":" + address.port;
}

}  // namespace chr21::lambda
