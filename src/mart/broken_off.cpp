#include "mart/broken_off.hpp"

#include "mart/printable.hpp"
#include "text/ascii.hpp"
#include "text/invisible.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace chr21::mart {
namespace {

constexpr std::size_t longest_quote = 300;

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find_first_of("\r\n"));
}

// What pages hold and no value of a gene does.
constexpr auto tags_of_pages =
    std::to_array<std::string_view>({"<!doctype", "<html", "</html", "<?xml", "<head>", "<body>"});

// How the plain text of servers, proxies, BioMart and programs begins, in lower case.
constexpr auto beginnings_of_messages = std::to_array<std::string_view>({
    // BioMart and the Perl below it.
    "query error",
    "serious error",
    "validation error",
    "error caught",
    "error: caught",
    "can't locate",
    "can't call",
    "dbi connect",
    "dbd::",
    "could not connect",
    // Status lines, and what web servers, proxies and load balancers answer.
    "http/1.",
    "http/2",
    "bad gateway",
    "gateway time",
    "service unavailable",
    "service temporarily",
    "internal server error",
    "proxy error",
    "the proxy server",
    "upstream ",
    "no healthy upstream",
    "stream timeout",
    "backend ",
    "default backend",
    "request time",
    "too many requests",
    "access denied",
    "forbidden",
    "unauthorized",
    "an error occurred",
    "server error",
    "timeout",
    "connect timeout",
    "error:",
    "connection refused",
    "connection reset",
    "connection timed",
    "connection closed",
    "endpoint request timed out",
    "squid",
    "cloudflare",
    "varnish",
    // Programs whose messages ended up in the file.
    "curl: (",
    "wget:",
    "traceback (most recent",
    "error in ",
    "execution halted",
});

// "502 Bad Gateway", "503: Service Unavailable", "ERROR 2006 (HY000): MySQL server has gone away".
bool begins_with_a_status(std::string_view line) {
    constexpr std::string_view word = "error ";
    if (text::starts_ignoring_case(line, word)) {
        return line.size() > word.size() && text::is_digit(line[word.size()]);
    }
    constexpr std::size_t digits = 3;
    return line.size() > digits + 1 && (line.front() == '4' || line.front() == '5') &&
           std::ranges::all_of(line.substr(0, digits), text::is_digit) &&
           (line[digits] == ' ' || line[digits] == ':');
}

// "[failed]", in the place of BioMart's [success].
bool is_word_in_brackets(std::string_view line) {
    if (line.size() < 3 || !line.starts_with('[') || !line.ends_with(']')) return false;
    return std::ranges::all_of(line.substr(1, line.size() - 2), text::is_letter);
}

// "<div", "</p>", "<!--", "{\"message\": ...", but neither "<" nor "<5".
bool is_markup(std::string_view line) {
    if (line.size() < 2) return false;
    const char second = line[1];
    if (line.front() == '{') return line.contains('"');
    return line.front() == '<' &&
           (text::is_letter(second) || second == '!' || second == '/' || second == '?');
}

std::size_t find_page(std::string_view text) {
    for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const auto rest = text.substr(at);
        if (std::ranges::any_of(tags_of_pages, [&](std::string_view tag) {
                return text::starts_ignoring_case(rest, tag);
            })) {
            return at;
        }
    }
    return text.size();
}

std::size_t line_of(std::string_view text, std::size_t at) {
    return static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n')) + 1;
}

Error refuse(std::size_t line, std::string_view what, std::string_view quote) {
    return {.parameter = "export",
            .value = "",
            .message = "line " + std::to_string(line) + ": " + std::string(what) +
                       ", so export it again: \"" + shortened(quote, longest_quote) + '"'};
}

}  // namespace

std::string_view find_biomart_error(std::string_view text) {
    constexpr auto signs = std::to_array<std::string_view>(
        {"Query ERROR", "ERROR: caught BioMart", "BioMart::Exception"});
    auto first = text.size();
    for (const auto sign : signs) first = std::min(first, text.substr(0, first).find(sign));
    return first_line(text.substr(std::min(first, text.size())));
}

bool is_failure_message(std::string_view line) {
    if (is_markup(line) || is_word_in_brackets(line) || begins_with_a_status(line)) return true;
    return std::ranges::any_of(beginnings_of_messages, [&](std::string_view beginning) {
        return text::starts_ignoring_case(line, beginning);
    });
}

std::optional<Error> find_where_it_broke_off(std::string_view text) {
    const auto error = find_biomart_error(text);
    const auto at_error =
        error.empty() ? text.size() : static_cast<std::size_t>(error.data() - text.data());
    const auto before = text.substr(0, at_error);
    if (const auto at = find_page(before); at < before.size()) {
        const auto begin = before.substr(0, at).find_last_of('\n') + 1;
        return refuse_broken_off(line_of(text, at), first_line(text.substr(begin)));
    }
    if (error.empty()) return {};
    return refuse(line_of(text, at_error), "BioMart broke off with an error", error);
}

Error refuse_broken_off(std::size_t line, std::string_view text) {
    return refuse(line,
                  "this is no gene but what a server, a proxy or a program says when it fails",
                  text::trimmed(text));
}

}  // namespace chr21::mart
