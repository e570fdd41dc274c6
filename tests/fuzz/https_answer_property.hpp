#pragma once

#include "https/answer_parser.hpp"
#include "https/url.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace chr21::fuzz {

struct ReadAnswer {
    https::Answer answer;
    https::AnswerParser::State state;
};

// What a server sends, in pieces of this size, read to its end.
inline ReadAnswer read_in_pieces(std::string_view bytes, std::size_t size) {
    using State = https::AnswerParser::State;
    const https::Request request{.limits = {.most = 1000}};
    ReadAnswer read{.answer = {}, .state = State::needs_more};
    https::AnswerParser parser(request, read.answer, true);
    std::string received;
    while (!bytes.empty() && (read.state == State::needs_more || read.state == State::has_head)) {
        received += bytes.substr(0, size);
        bytes.remove_prefix(std::min(size, bytes.size()));
        do {
            read.state = parser.feed(received);
        } while (read.state == State::has_head);
    }
    if (read.state == State::needs_more) read.state = parser.end();
    return read;
}

// The same bytes are the same answer, however they are cut; a body keeps to its limit; a redirect
// leads to a host and a path, or nowhere. The first byte says how to cut.
inline std::string https_answer_complaint(std::string_view text) {
    if (text.empty()) return "";
    const auto bytes = text.substr(1);
    const auto whole = read_in_pieces(bytes, bytes.size());
    const auto cut = read_in_pieces(bytes, 1U + static_cast<unsigned char>(text.front()) % 32U);
    const auto is_whole = [](const ReadAnswer& read) {
        return read.state == https::AnswerParser::State::is_whole;
    };
    if (is_whole(whole) != is_whole(cut)) return "ends otherwise in pieces";
    if (is_whole(whole)) {
        if (whole.answer.status != cut.answer.status) return "another status in pieces";
        if (whole.answer.body != cut.answer.body) return "another body in pieces";
        if (whole.answer.fields.size() != cut.answer.fields.size()) return "other fields in pieces";
    }
    if (whole.answer.status / 100 == 2 && whole.answer.body.size() > 1000) return "a long body";
    const https::Url base{
        .scheme = "https", .user = "", .host = "example.org", .port = "443", .target = "/a/b?c"};
    const auto led = https::resolve(base, whole.answer.field("Location"));
    if (led && (led->host.empty() || !led->target.starts_with('/'))) return "leads nowhere";
    if (!led && led.error().message.empty()) return "refuses without a reason";
    return "";
}

}  // namespace chr21::fuzz
