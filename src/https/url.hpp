#pragma once

#include "gene/result.hpp"

#include <string>
#include <string_view>

namespace chr21::https {

// A URL in the parts that a request needs, without its fragment.
struct Url {
    std::string scheme;  // in lower case
    std::string user;    // "name:password", decoded; empty when there is none
    std::string host;    // in lower case; an IPv6 address without its brackets
    std::string port;    // as given, or the one of https or http
    std::string target;  // path and query; begins with "/"

    bool is_secure() const { return scheme == "https"; }
};

// Whether this is written as a URL, whatever its scheme.
bool is_url(std::string_view where);

// Refuses characters that have no place in a URL, a missing host and a port that is none. The
// error shows no secret.
Result<Url> parse_url(std::string_view text);

// Where `location`, the field of a redirect, leads from `base` (RFC 3986, section 5.2).
Result<Url> resolve(const Url& base, std::string_view location);

// Host and port as the Host field has them: a port that goes without saying is left out.
std::string authority_of(const Url& url);

// localhost, 127.0.0.0/8 and ::1.
bool is_loopback(const std::string& host);

// Whether both lead to the same scheme, host and port.
bool is_same_origin(const Url& left, const Url& right);

}  // namespace chr21::https
