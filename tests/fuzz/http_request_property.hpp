#pragma once

#include "transport/http/plain_request.hpp"
#include "transport/http/request_parser.hpp"
#include "transport/http/request_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chr21::fuzz {

// What a server hears from one client, in words that can be compared.
struct Heard {
    std::vector<std::string> requests;
    std::string end;  // why it can hear no more, or what is missing

    friend bool operator==(const Heard&, const Heard&) = default;
};

inline std::string describe(const http::Reading& reading) {
    const auto& request = reading.request;
    std::string text(request.method_text);
    for (const auto part : {request.target,
                            request.body,
                            request.accept,
                            request.accept_encoding,
                            request.content_type,
                            request.content_encoding,
                            request.if_none_match,
                            request.origin,
                            request.access_control_request_method,
                            request.request_id,
                            request.host,
                            request.forwarded_proto}) {
        text.append("\n").append(part);
    }
    text.append("\nmethod ").append(std::to_string(static_cast<int>(request.method)));
    return text + (reading.keep_alive ? "\nstays" : "\ncloses");
}

constexpr http::RequestLimits low_limits{.head = 200, .target = 50, .body = 60};

// What Beast makes of one head, as far as it is whole, without a body, and not refused.
inline http::Reading parse_head(std::string_view bytes, const http::RequestLimits& limits) {
    http::Reading reading;
    http::RequestParser parser(limits, reading);
    http::BeastFault fault;
    reading.consumed = parser.put_head(bytes.substr(0, limits.head), fault);
    if (!fault && parser.is_done()) {
        reading.progress = http::Progress::complete;
    }
    return reading;
}

// Whether Beast reads from `bytes` what read_plain_request() reads, if that reads any.
inline bool plain_reading_agrees(std::string_view bytes, const http::RequestLimits& limits) {
    http::Reading plain;
    plain.consumed = http::read_plain_request(bytes, limits, plain.request);
    plain.keep_alive = true;
    if (plain.consumed == 0) {
        return true;
    }
    const auto parsed = parse_head(bytes, limits);
    return parsed.progress == http::Progress::complete && parsed.consumed == plain.consumed &&
           !parsed.http_1_0 && !parsed.continue_wanted && describe(parsed) == describe(plain);
}

// Reads `bytes` that come in pieces of `seed`-dependent sizes up to `longest_piece`, as a
// connection does, under limits low enough to be met. `longest_piece` 0: all in one piece.
inline Heard hear(std::string_view bytes, std::size_t longest_piece, std::size_t seed = 1) {
    http::RequestReader reader(low_limits);
    Heard heard;
    std::string pending;
    while (!bytes.empty()) {
        seed = ((seed * 1'103'515'245) + 12'345) % 2'147'483'648;
        const auto size = longest_piece == 0 ? bytes.size() : 1 + ((seed >> 8) % longest_piece);
        pending += bytes.substr(0, size);
        bytes.remove_prefix(std::min(size, bytes.size()));
        while (!pending.empty()) {
            const auto reading = reader.read(pending);
            if (reading.progress == http::Progress::refused) {
                heard.end = std::to_string(reading.refusal.status) + " " + reading.refusal.detail;
                return heard;
            }
            if (reading.progress == http::Progress::complete) {
                heard.requests.push_back(describe(reading));
            }
            pending.erase(0, reading.consumed);
            if (reading.progress == http::Progress::partial) {
                break;
            }
        }
    }
    if (reader.expects_body()) {
        heard.end = "in a body";
    } else if (const auto reading = reader.finish(pending);
               reading.progress == http::Progress::refused) {
        heard.end = std::to_string(reading.refusal.status) + " " + reading.refusal.detail;
    } else {
        heard.end = pending.empty() ? "" : "in a head";
    }
    return heard;
}

// What fails to hold for RequestReader; empty when all does: the bytes behind the first are
// understood alike however they are cut, and the first decides how that is. What is read without
// Beast, Beast reads likewise, wherever in the bytes it may begin.
inline std::string http_request_complaint(std::string_view text) {
    if (text.empty()) {
        return "";
    }
    const auto seed = static_cast<unsigned char>(text.front());
    const auto bytes = text.substr(1);
    const auto whole = hear(bytes, 0);
    if (hear(bytes, 1) != whole) {
        return "bytes one by one are understood otherwise";
    }
    if (hear(bytes, 7, seed) != whole) {
        return "bytes in short pieces are understood otherwise";
    }
    if (hear(bytes, 60, seed) != whole) {
        return "bytes in long pieces are understood otherwise";
    }
    for (auto rest = bytes; !rest.empty(); rest.remove_prefix(1)) {
        if (!plain_reading_agrees(rest, low_limits) || !plain_reading_agrees(rest, {})) {
            return "Beast reads a plain request otherwise";
        }
    }
    return "";
}

}  // namespace chr21::fuzz
