#pragma once

#include "https/url.hpp"

#include <cstdlib>
#include <functional>
#include <optional>

namespace chr21::https {

// Reads a variable of the environment; null when it is not set.
using Variables = std::function<const char*(const char*)>;

// The proxy through which an https:// URL is reached: https_proxy or all_proxy in either case,
// unless no_proxy names the host. no_proxy is a list, with commas or spaces between: "*", hosts
// with all below them, addresses and networks such as 10.0.0.0/8. What is http:// stays on this
// machine and takes none. Refuses a proxy that is not spoken to in plain HTTP.
Result<std::optional<Url>> find_proxy(const Url& url, const Variables& variables = &std::getenv);

}  // namespace chr21::https
