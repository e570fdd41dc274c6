#include "store/sql/database.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace chr21::sql {
namespace {

constexpr std::string_view allowed =
    "allowed is sqlite:///relative/path or sqlite:////absolute/path";

constexpr std::array<std::string_view, 6> other_schemes{
    "postgresql", "postgres", "postgresql+psycopg2", "mysql", "mysql+pymysql", "mariadb"};

// The text without what may be secret: credentials before the last "@", and a query string.
std::string without_secrets(std::string_view text) {
    const auto scheme_end = text.find("://");
    const auto authority = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
    std::string shown(text.substr(0, authority));
    auto rest = text.substr(authority);
    if (const auto at = rest.rfind('@'); at != std::string_view::npos && !rest.starts_with('/')) {
        shown += "***";
        rest.remove_prefix(at);
    }
    const auto query = rest.find('?');
    shown += rest.substr(0, query);
    if (query != std::string_view::npos) shown += "?***";
    return shown;
}

std::unexpected<Error> refused(std::string_view text, std::string message) {
    return fault("--database-url", without_secrets(text), std::move(message));
}

std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

// Absent where a "%" is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    while (!text.empty()) {
        if (text.front() != '%') {
            decoded += text.front();
            text.remove_prefix(1);
            continue;
        }
        unsigned byte = 0;
        const std::string digits(text.substr(1, 2));
        const auto* const end = digits.data() + digits.size();
        if (digits.size() != 2 || std::from_chars(digits.data(), end, byte, 16).ptr != end) {
            return std::nullopt;
        }
        decoded += static_cast<char>(byte);
        text.remove_prefix(3);
    }
    return decoded;
}

// What is wrong with a decoded path; empty when nothing is.
std::string complaint_about(std::string_view path) {
    if (path == ":memory:") {
        return "a database in memory is gone when the program ends, so datasets need a file; " +
               std::string(allowed);
    }
    if (path.empty() || path.ends_with('/')) {
        return "the path of the SQLite file is missing; " + std::string(allowed);
    }
    if (path.contains('\0')) return "a path cannot hold a NUL byte (%00)";
    if (path.contains(' ') && path.contains('"')) {
        return "a path that holds both a space and a double quote cannot be opened; rename the "
               "file";
    }
    return {};
}

}  // namespace

Result<DatabaseUrl> parse_database_url(std::string_view text) {
    const auto scheme_end = text.find("://");
    const auto scheme = in_lower_case(text.substr(0, scheme_end));
    if (std::ranges::find(other_schemes, scheme) != other_schemes.end()) {
        return refused(text, "this build serves SQLite only; " + std::string(allowed));
    }
    if (scheme_end == std::string_view::npos || scheme != "sqlite") {
        return refused(text, "is not the URL of a database; " + std::string(allowed));
    }
    auto rest = text.substr(scheme_end + 3);
    if (!rest.empty() && !rest.starts_with('/')) {
        return refused(text, "a SQLite file has no host; " + std::string(allowed));
    }
    if (rest.find_first_of("?#") != std::string_view::npos) {
        return refused(text, R"(no options are known: write "?" as %3F and "#" as %23 in a path)");
    }
    if (!rest.empty()) rest.remove_prefix(1);
    const auto path = percent_decoded(rest);
    if (!path) return refused(text, R"(each "%" needs two hexadecimal digits: "%" itself is %25)");
    if (auto complaint = complaint_about(*path); !complaint.empty()) {
        return refused(text, std::move(complaint));
    }
    return DatabaseUrl{.path = *path};
}

}  // namespace chr21::sql
