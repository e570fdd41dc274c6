#include "https/proxy.hpp"

#include "text/ascii.hpp"
#include "text/url_secrets.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include <arpa/inet.h>

namespace chr21::https {
namespace {

using Address = std::array<unsigned char, sizeof(in6_addr)>;

std::string_view first_of(const Variables& variables, std::span<const char* const> names) {
    for (const auto* const name : names) {
        const auto* const value = variables(name);
        if (value != nullptr && *value != '\0') return value;
    }
    return {};
}

// Bits in an address of this text: 32 or 128; 0 where it is none.
unsigned read_address(std::string_view text, Address& address) {
    const std::string terminated(text);
    if (::inet_pton(AF_INET, terminated.c_str(), address.data()) == 1) return 32;
    return ::inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1 ? 128 : 0;
}

// Whether `host` is an address of this network: "10.0.0.0/8", or an address alone.
bool is_within(std::string_view host, std::string_view network) {
    Address address{};
    Address wanted{};
    const auto slash = std::min(network.size(), network.find('/'));
    const auto bits = read_address(host, address);
    if (bits == 0 || read_address(network.substr(0, slash), wanted) != bits) return false;
    unsigned length = bits;
    if (slash < network.size()) {
        const auto* const end = network.data() + network.size();
        const auto read = std::from_chars(network.data() + slash + 1, end, length);
        if (read.ec != std::errc() || read.ptr != end || length > bits) return false;
    }
    const auto whole = length / 8;
    const auto rest = 8 - length % 8;
    return std::equal(address.begin(), address.begin() + whole, wanted.begin()) &&
           (rest == 8 || address.at(whole) >> rest == wanted.at(whole) >> rest);
}

bool is_named(std::string_view host, std::string_view entry) {
    if (entry == "*") return true;
    if (entry.starts_with('.')) entry.remove_prefix(1);
    if (entry.starts_with('[') && entry.ends_with(']')) {
        entry = entry.substr(1, entry.size() - 2);
    }
    if (entry.empty()) return false;
    if (is_within(host, entry)) return true;
    if (host.size() < entry.size()) return false;
    const auto before = host.substr(0, host.size() - entry.size());
    return (before.empty() || before.ends_with('.')) &&
           text::equal_ignoring_case(host.substr(before.size()), entry);
}

bool is_exempt(std::string_view host, std::string_view list) {
    while (!list.empty()) {
        const auto end = std::min(list.size(), list.find_first_of(", \t"));
        if (is_named(host, list.substr(0, end))) return true;
        list.remove_prefix(std::min(list.size(), end + 1));
    }
    return false;
}

}  // namespace

Result<std::optional<Url>> find_proxy(const Url& url, const Variables& variables) {
    constexpr std::array exemptions = {"no_proxy", "NO_PROXY"};
    constexpr std::array names = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    const auto given = first_of(variables, names);
    if (given.empty() || !url.is_secure()) return std::nullopt;
    if (is_exempt(url.host, first_of(variables, exemptions))) return std::nullopt;
    auto proxy = parse_url(is_url(given) ? given : "http://" + std::string(given));
    if (!proxy) return std::unexpected(proxy.error());
    if (proxy->scheme == "http") return *std::move(proxy);
    return fault("url",
                 "",
                 "the proxy " + text::without_secrets(given) +
                     " cannot be used: only http:// proxies can, which see nothing but encrypted "
                     "bytes");
}

}  // namespace chr21::https
