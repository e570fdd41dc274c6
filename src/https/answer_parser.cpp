#include "https/answer_parser.hpp"

#include <algorithm>

namespace chr21::https {
namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t most_head = 64U * 1024U;
constexpr std::size_t most_explanation = 64UL * 1024UL;
// A chunk's header is not shown to Beast before that many bytes have come: fewer cannot be the
// rest of a chunked body, and it asserts as much.
constexpr std::size_t least_chunk = std::string_view("0\r\n\r\n").size();

}  // namespace

AnswerParser::AnswerParser(const Request& request, Answer& answer, bool has_body)
    : request_(&request), answer_(&answer) {
    header_limit(most_head);
    body_limit(boost::none);  // ours tells a body that is wanted from one that explains
    skip(!has_body);
}

AnswerParser::State AnswerParser::feed(std::string& received) {
    std::size_t used = 0;
    Fault fault;
    while (!is_done() && !fault) {
        const auto left = received.size() - used;
        if (left < (is_header_done() && chunked() ? least_chunk : 1)) break;
        used += put(boost::asio::const_buffer(received.data() + used, left), fault);
        if (is_header_done() && !told_head_) break;
    }
    received.erase(0, used);
    return state_after(fault);
}

AnswerParser::State AnswerParser::end() {
    if (!got_some() || !is_header_done() || !need_eof()) return State::needs_more;
    Fault fault;
    put_eof(fault);
    return state_after(fault);
}

AnswerParser::State AnswerParser::state_after(const Fault& fault) {
    if (is_too_long_) {
        complaint_ = "is longer than " + std::to_string(request_->limits.most) +
                     " bytes, which is the limit";
        return State::is_too_long;
    }
    if (is_enough_) return State::is_whole;
    if (fault && fault != http::error::need_more) {
        complaint_ = fault.message();
        return State::is_wrong;
    }
    if (is_header_done() && !told_head_) {
        told_head_ = true;
        return State::has_head;
    }
    return is_done() ? State::is_whole : State::needs_more;
}

void AnswerParser::on_response_impl(int status, Text /*reason*/, int /*version*/, Fault& /*f*/) {
    answer_->status = status;
}

void AnswerParser::on_field_impl(http::field /*field*/, Text name, Text value, Fault& /*fault*/) {
    answer_->fields.push_back({.name = std::string(name), .value = std::string(value)});
}

void AnswerParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Fault& fault) {
    is_too_long_ = is_success() && length && *length > request_->limits.most;
    if (is_too_long_) fault = http::error::body_limit;
}

std::size_t AnswerParser::on_body_impl(Text bytes, Fault& fault) {
    length_ += bytes.size();
    is_too_long_ = is_success() && length_ > request_->limits.most;
    is_enough_ = !is_success() && length_ > most_explanation;
    if (is_too_long_ || is_enough_) {
        fault = http::error::body_limit;
        return 0;
    }
    if (is_success() && request_->sink) {
        request_->sink({bytes.data(), bytes.size()});
    } else {
        answer_->body.append(bytes.data(), bytes.size());
    }
    return bytes.size();
}

}  // namespace chr21::https
