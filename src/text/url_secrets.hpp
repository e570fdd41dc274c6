#pragma once

#include <string>
#include <string_view>

namespace chr21::text {

// The parts of a URL, or of what was meant as one, that may be secret: views into it, in this
// order, empty where there is nothing.
struct UrlSecrets {
    // User and password, before the "@". In an http or https URL it stands before the path, as RFC
    // 3986 has it, since a path may hold "@"; in any other the last "@" counts, for passwords of
    // databases are pasted as they are, with "/" and "?".
    std::string_view credentials;
    // What stands in place of host and port but is none: "user:password" without its "@host".
    std::string_view host;
    // Behind "?" or "#"; in a presigned URL a key to the file.
    std::string_view query;
};
UrlSecrets find_secrets(std::string_view url);

// What may be shown of a URL: "https://host/path" for "https://user:password@host/path?key".
std::string without_secrets(std::string_view url);

// The same, showing where something was left out: "https://***@host/path?***".
std::string with_secrets_hidden(std::string_view url);

}  // namespace chr21::text
