#include "transport/http/request_reader.hpp"

#include "transport/http/plain_request.hpp"
#include "transport/http/request_parser.hpp"

#include <utility>

namespace chr21::http {

// A request whose body is still coming. Its head has a copy here, for the views into it.
struct RequestReader::Upload {
    Upload(const RequestLimits& limits, std::string_view head)
        : body(reading.texts.emplace_front()), parser(limits, reading) {
        BeastFault fault;
        parser.put_head(reading.texts.emplace_front(head), fault);
    }

    Reading reading;
    std::string& body;
    RequestParser parser;
};

RequestReader::RequestReader(const RequestLimits& limits) : limits_(&limits) {}
RequestReader::~RequestReader() = default;

Reading RequestReader::read(std::string_view bytes) {
    if (upload_) return read_body(bytes);
    std::size_t empty_lines = 0;  // let pass, as RFC 9112 section 2.2 asks
    while (bytes.substr(empty_lines).starts_with("\r\n")) empty_lines += 2;
    const auto rest = bytes.substr(empty_lines);
    Reading reading;
    if (!rest.empty() && rest != "\r") read_head(rest, reading);
    reading.consumed += empty_lines;
    return reading;
}

Reading RequestReader::finish(std::string_view bytes) {
    tried_ = 0;
    return read(bytes);
}

// A head is parsed in one go, so that its views are into one piece of memory. While it is partial
// it is tried again whenever a line has come, because a fault in it should not wait for its end.
void RequestReader::read_head(std::string_view bytes, Reading& reading) {
    const auto head = bytes.substr(0, limits_->head);
    const bool overlong = bytes.size() >= limits_->head;
    if (!overlong && head.find('\n', tried_) == std::string_view::npos && tried_ > 0) {
        tried_ = head.size();
        return;
    }
    reading.consumed = read_plain_request(head, *limits_, reading.request);
    if (reading.consumed == 0) {
        reading = parse_head(bytes, overlong);
        return;
    }
    tried_ = 0;
    reading.progress = Progress::complete;
    reading.keep_alive = true;
}

Reading RequestReader::parse_head(std::string_view bytes, bool overlong) {
    const auto head = bytes.substr(0, limits_->head);
    Reading reading;
    RequestParser parser(*limits_, reading);
    BeastFault fault;
    const auto consumed = parser.put_head(head, fault);
    if (fault == boost::beast::http::error::need_more) {
        tried_ = head.size();
        reading.continue_wanted = false;
        if (overlong) {
            reading.progress = Progress::refused;
            reading.refusal = overlong_head(head);
        }
        return reading;
    }
    tried_ = 0;
    if (fault) {
        parser.refuse(fault);
        return reading;
    }
    if (parser.is_done()) {
        reading.progress = Progress::complete;
        reading.consumed = consumed;
        return reading;
    }
    upload_ = std::make_unique<Upload>(*limits_, head.substr(0, consumed));
    reading = read_body(bytes.substr(consumed));
    reading.consumed += consumed;
    return reading;
}

Reading RequestReader::read_body(std::string_view bytes) {
    auto& [reading, body, parser] = *upload_;
    BeastFault fault;
    const auto consumed = parser.put_body(bytes, body, fault);
    if (fault && fault != boost::beast::http::error::need_more) {
        parser.refuse(fault);
    } else if (parser.is_done()) {
        reading.progress = Progress::complete;
        reading.request.body = body;
    } else if (bytes.size() - consumed >= limits_->head) {
        reading.progress = Progress::refused;
        reading.refusal = {.status = 400,
                           .detail = "a chunk of the request body has too long a header"};
    } else {
        Reading partial;
        partial.consumed = consumed;
        partial.continue_wanted = std::exchange(reading.continue_wanted, false);
        return partial;
    }
    reading.consumed = consumed;
    auto whole = std::move(reading);
    upload_.reset();
    return whole;
}

}  // namespace chr21::http
