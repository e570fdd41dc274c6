#include "https/client.hpp"

#include "https/answer_parser.hpp"
#include "https/proxy.hpp"
#include "https/wire.hpp"
#include "text/url_secrets.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <openssl/evp.h>

namespace chr21::https {
namespace {

using State = AnswerParser::State;

bool is_same_name(std::string_view left, std::string_view right) {
    return boost::beast::iequals({left.data(), left.size()}, {right.data(), right.size()});
}

// When to give up.
class Patience {
public:
    explicit Patience(const Limits& limits)
        : limits_(limits), since_(Clock::now()), end_(since_ + limits.total), phase_end_(end_) {}

    void begin_to_connect() {
        since_ = Clock::now();
        phase_end_ = std::min(end_, since_ + limits_.connect);
    }
    void begin_to_wait() {
        begin_to_count();
        phase_end_ = end_;
    }
    void count(std::size_t bytes) {
        bytes_ += bytes;
        if (bytes_ >= limits_.stall_bytes) begin_to_count();
    }
    // For the step at hand.
    Clock::time_point by() const { return std::min(phase_end_, since_ + limits_.stall); }

private:
    void begin_to_count() {
        since_ = Clock::now();
        bytes_ = 0;
    }

    Limits limits_;
    Clock::time_point since_;  // stall_bytes are due
    Clock::time_point end_;
    Clock::time_point phase_end_;
    std::uint64_t bytes_ = 0;  // that came since then
};

std::string basic(const std::string& user) {
    std::string coded(user.size() * 4 / 3 + 4, '\0');
    const auto size = ::EVP_EncodeBlock(reinterpret_cast<unsigned char*>(coded.data()),
                                        reinterpret_cast<const unsigned char*>(user.data()),
                                        static_cast<int>(user.size()));
    coded.resize(static_cast<std::size_t>(size));
    return "Basic " + coded + "\r\n";
}

std::string text_of(const Request& request, const Url& url) {
    auto text = request.method + " " + url.target + " HTTP/1.1\r\nHost: " + authority_of(url) +
                "\r\nUser-Agent: chr21\r\nConnection: close\r\n";
    if (!url.user.empty()) text += "Authorization: " + basic(url.user);
    for (const auto& field : request.fields) text += field.name + ": " + field.value + "\r\n";
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
        text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return text + "\r\n" + request.body;
}

// Reads until the parser has the head, and in a second call until it has the body.
Outcome<void> read_more(Wire& wire, AnswerParser& parser, std::string& bytes, Patience& patience) {
    std::array<char, 64UL * 1024UL> piece{};
    for (auto state = parser.feed(bytes);; state = parser.feed(bytes)) {
        if (state == State::has_head || state == State::is_whole) return {};
        if (state == State::is_too_long) return std::unexpected(parser.complaint());
        if (state == State::is_wrong) {
            return failed("the server does not answer in HTTP: " + parser.complaint());
        }
        const auto size = wire.read(piece, patience.by());
        if (!size) return std::unexpected(size.error());
        patience.count(*size);
        bytes.append(piece.data(), *size);
        if (*size > 0) continue;
        if (parser.end() == State::is_whole) return {};
        return failed(parser.is_header_done() ? "Transferred a partial file"
                                              : "the server has ended the connection without an "
                                                "answer");
    }
}

Outcome<void> ask_for_tunnel(Wire& wire, const Url& proxy, const Url& url, Patience& patience) {
    const auto target = (url.host.contains(':') ? "[" + url.host + "]" : url.host) + ":" + url.port;
    auto text = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\nUser-Agent: chr21\r\n";
    if (!proxy.user.empty()) text += "Proxy-Authorization: " + basic(proxy.user);
    if (auto sent = wire.write(text + "\r\n", patience.by()); !sent) return sent;
    const Request tunnel;
    Answer answer;
    AnswerParser parser(tunnel, answer, false);
    std::string bytes;
    if (auto read = read_more(wire, parser, bytes, patience); !read) return read;
    if (answer.status / 100 == 2 && bytes.empty()) return {};
    return failed("the proxy " + authority_of(proxy) + " answered with status " +
                  std::to_string(answer.status));
}

Outcome<Wire> connect(const Url& url, Patience& patience) {
    const auto proxy = find_proxy(url);
    if (!proxy) return failed(proxy.error().message);
    patience.begin_to_connect();
    auto wire = Wire::connect(proxy->value_or(url), patience.by());
    if (!wire) return wire;
    if (*proxy) {
        if (auto opened = ask_for_tunnel(*wire, **proxy, url, patience); !opened) {
            return std::unexpected(opened.error());
        }
    }
    if (!url.is_secure()) return wire;
    if (auto secured = wire->secure(url.host, patience.by()); !secured) {
        return std::unexpected(secured.error());
    }
    return wire;
}

// Where an answer leads; absent when it is the one that was asked for.
std::optional<std::string> redirect_of(const Request& request, const Answer& answer) {
    constexpr std::array redirects = {301, 302, 303, 307, 308};
    const auto location = answer.field("Location");
    if (location.empty() || std::ranges::find(redirects, answer.status) == redirects.end() ||
        (request.method != "GET" && request.method != "HEAD")) {
        return std::nullopt;
    }
    return std::string(location);
}

// The answer of one server; its body is left out where it leads elsewhere.
Outcome<Answer> ask(const Request& request, const Url& url, Patience& patience) {
    auto wire = connect(url, patience);
    if (!wire) return std::unexpected(wire.error());
    patience.begin_to_wait();
    if (auto sent = wire->write(text_of(request, url), patience.by()); !sent) {
        return std::unexpected(sent.error());
    }
    std::string bytes;
    Answer answer;
    do {  // answers that only announce another
        answer = {};
        AnswerParser parser(request, answer, request.method != "HEAD");
        auto read = read_more(*wire, parser, bytes, patience);
        if (read && !redirect_of(request, answer)) read = read_more(*wire, parser, bytes, patience);
        if (!read) return std::unexpected(read.error());
    } while (answer.status / 100 == 1);
    return answer;
}

bool is_unfit(const Request& request) {
    const auto breaks = [](std::string_view text) {
        return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
    };
    return breaks(request.method) || std::ranges::any_of(request.fields, [&](const Field& field) {
               return breaks(field.name) || breaks(field.value);
           });
}

Outcome<Url> follow(const Url& from, const std::string& location) {
    auto to = resolve(from, location);
    if (!to) return failed("it leads elsewhere, and that " + to.error().message);
    if (!to->is_secure()) {
        return failed("Unsupported protocol: it leads to " + text::without_secrets(location) +
                      ", and redirects are followed to https:// only");
    }
    if (to->user.empty() && is_same_origin(from, *to)) to->user = from.user;
    return *std::move(to);
}

// Asks one server after the other.
Outcome<Answer> ask_all(Request request, Url url) {
    constexpr int most_redirects = 5;
    Patience patience(request.limits);
    for (int redirects = 0;; ++redirects) {
        auto answer = ask(request, url, patience);
        const auto location = answer ? redirect_of(request, *answer) : std::nullopt;
        if (!location) return answer;
        if (redirects == most_redirects) {
            return failed("Number of redirects hit maximum amount, " +
                          std::to_string(most_redirects));
        }
        auto next = follow(url, *location);
        if (!next) return std::unexpected(next.error());
        if (!is_same_origin(url, *next)) {
            std::erase_if(request.fields, [](const Field& field) {
                return !is_same_name(field.name, "Accept") && !is_same_name(field.name, "Range");
            });
        }
        url = *std::move(next);
    }
}

}  // namespace

std::string_view Answer::field(std::string_view name) const {
    const auto found = std::ranges::find_if(
        fields, [&](const Field& field) { return is_same_name(field.name, name); });
    return found == fields.end() ? std::string_view() : found->value;
}

Result<Answer> send(const Request& request) {
    auto url = parse_url(request.url);
    if (!url) return std::unexpected(url.error());
    const auto shown = text::without_secrets(request.url);
    const auto refuse = [&](const std::string& why) {
        return fault("url", shown, shown + " " + why);
    };
    if (is_unfit(request)) return refuse("cannot be asked: a field holds the end of a line");
    if (!url->is_secure() && url->scheme != "http") {
        return refuse("cannot be read: only https:// URLs can");
    }
    if (!url->is_secure() && !(request.allows_loopback_http && is_loopback(url->host))) {
        return refuse("is not encrypted: use https://; http:// is for this machine alone");
    }
    auto answer = ask_all(request, *std::move(url));
    if (answer) return *std::move(answer);
    return refuse(answer.error());
}

}  // namespace chr21::https
