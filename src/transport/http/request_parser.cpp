#include "transport/http/request_parser.hpp"

#include "service/header_fields.hpp"
#include "transport/http/request_target.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace chr21::http {
namespace {

namespace beast = boost::beast;
using Fault = beast::http::error;
using Field = beast::http::field;
using Verb = beast::http::verb;

// A chunk's header is not shown to Beast before that many bytes have come: fewer cannot be the
// rest of a chunked body, and it asserts as much.
constexpr std::size_t least_chunk = std::string_view("0\r\n\r\n").size();

std::string_view text_of(BeastText text) { return {text.data(), text.size()}; }

service::Method method_of(Verb verb) {
    switch (verb) {
        case Verb::get:
            return service::Method::get;
        case Verb::head:
            return service::Method::head;
        case Verb::post:
            return service::Method::post;
        case Verb::options:
            return service::Method::options;
        default:
            return service::Method::other;
    }
}

Refusal refusal_of(const BeastFault& fault, std::string_view head, const RequestLimits& limits) {
    if (fault == Fault::bad_version) return bad_version(head);
    if (fault == Fault::bad_method || fault == Fault::bad_target) return bad_request_line();
    if (fault == Fault::body_limit) {
        return {.status = 413,
                .detail = "the request body is too large; at most " + std::to_string(limits.body) +
                          " bytes are read"};
    }
    if (fault == Fault::header_limit) {
        return {.status = 431, .detail = "a folded header field is too long"};
    }
    if (fault == Fault::bad_content_length || fault == Fault::multiple_content_length) {
        return {.status = 400,
                .detail = "Content-Length must be one whole number, without Transfer-Encoding"};
    }
    if (fault == Fault::bad_transfer_encoding) {
        return {.status = 400,
                .detail = "Transfer-Encoding must be chunked, once, without Content-Length"};
    }
    if (fault == Fault::bad_chunk || fault == Fault::bad_chunk_extension) {
        return {.status = 400, .detail = "the request body is not well-formed chunks"};
    }
    return {.status = 400,
            .detail =
                "a header field must be a line of name: value without control characters, "
                "ended by CR LF"};
}

}  // namespace

RequestParser::RequestParser(const RequestLimits& limits, Reading& reading, Purpose purpose)
    : limits_(&limits), reading_(&reading), purpose_(purpose) {
    header_limit(static_cast<std::uint32_t>(limits.head + 1));  // the reader's limit comes first
    body_limit(limits.body);
}

std::size_t RequestParser::put_head(std::string_view bytes, BeastFault& fault) {
    head_ = bytes;
    return put(boost::asio::const_buffer(bytes.data(), bytes.size()), fault);
}

std::size_t RequestParser::put_body(std::string_view bytes, std::string& body, BeastFault& fault) {
    body_ = &body;
    std::size_t consumed = 0;
    while (!is_done() && !fault && consumed + (chunked() ? least_chunk : 1) <= bytes.size()) {
        const auto rest = bytes.substr(consumed, limits_->head);
        consumed += put(boost::asio::const_buffer(rest.data(), rest.size()), fault);
    }
    return consumed;
}

void RequestParser::refuse(const BeastFault& fault) {
    if (reading_->progress != Progress::refused) {
        reading_->progress = Progress::refused;
        reading_->refusal = refusal_of(fault, head_, *limits_);
    }
}

void RequestParser::give_up(BeastFault& fault, Refusal refusal) {
    reading_->progress = Progress::refused;
    reading_->refusal = std::move(refusal);
    fault = Fault::bad_value;
}

void RequestParser::on_request_impl(
    Verb verb, BeastText method, BeastText target, int version, BeastFault& fault) {
    auto& request = reading_->request;
    request.method = method_of(verb);
    request.method_text = text_of(method);
    reading_->http_1_0 = version == 10;
    if (target.size() > limits_->target) {
        give_up(fault,
                {.status = 414,
                 .detail = "the request target is too long; at most " +
                           std::to_string(limits_->target) + " bytes are read"});
        return;
    }
    const auto parts = split_at_authority(request.method_text, text_of(target), reading_->texts);
    if (!parts) {
        give_up(fault,
                {.status = 400,
                 .detail = "the request target must be a path such as /genes?page=2, or a "
                           "URL that begins with http:// or https://"});
        return;
    }
    request.target = parts->path_and_query;
    request.host = parts->authority;
}

void RequestParser::on_field_impl(Field field, BeastText name, BeastText value, BeastFault& fault) {
    if (is_header_done()) {
        return;  // a trailer; nothing that we read may come so late
    }
    switch (field) {
        case Field::host:
            take_host(text_of(value), fault);
            break;
        case Field::expect:
            take_expectation(text_of(value), fault);
            break;
        case Field::transfer_encoding:
            if (!beast::iequals(value, "chunked")) {
                give_up(fault,
                        {.status = 501,
                         .detail = "the only Transfer-Encoding that is read is chunked"});
            }
            break;
        default:
            const auto* const known = service::find_header_field(text_of(name));
            if (known != nullptr && known->place != nullptr) {
                add(reading_->request.*known->place, text_of(value));
            }
    }
}

void RequestParser::take_host(std::string_view value, BeastFault& fault) {
    if (std::exchange(has_host_, true)) {
        give_up(fault, {.status = 400, .detail = "there is more than one Host header; send one"});
    } else if (!service::valid_host(value)) {
        give_up(fault,
                {.status = 400,
                 .detail = "the Host header must be a host name or address, with or without "
                           ":port"});
    } else if (reading_->request.host.empty()) {
        add(reading_->request.host, value);  // a host in the target goes before (section 3.2.2)
    }
}

void RequestParser::take_expectation(std::string_view value, BeastFault& fault) {
    if (!beast::iequals({value.data(), value.size()}, "100-continue")) {
        give_up(fault,
                {.status = 417, .detail = "the only expectation that is known is 100-continue"});
        return;
    }
    reading_->continue_wanted = !reading_->http_1_0;
}

// Joins repeated fields. A value that Beast unfolded lies in its own passing buffer.
void RequestParser::add(std::string_view& field, std::string_view value) {
    if (purpose_ == Purpose::looking) return;
    auto& texts = reading_->texts;
    if (field.data() != nullptr) {
        const auto of_field = [&](const std::string& text) { return text.data() == field.data(); };
        const auto joined = std::ranges::find_if(texts, of_field);
        auto& text = joined == texts.end() ? texts.emplace_front(field) : *joined;
        field = text.append(", ").append(value);
    } else if (std::less<>()(value.data(), head_.data()) ||
               std::greater<>()(value.data(), head_.data() + head_.size())) {
        field = texts.emplace_front(value);
    } else {
        field = value;
    }
}

void RequestParser::on_header_impl(BeastFault& fault) {
    reading_->keep_alive = keep_alive();
    if (!has_host_ && !reading_->http_1_0) {
        give_up(fault,
                {.status = 400, .detail = "the Host header is missing; HTTP/1.1 requires one"});
    } else if (chunked() && reading_->http_1_0) {
        give_up(
            fault,
            {.status = 400, .detail = "HTTP/1.0 has no Transfer-Encoding; send Content-Length"});
    }
}

}  // namespace chr21::http
