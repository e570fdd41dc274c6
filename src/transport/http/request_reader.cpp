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

// Looks at the lines of a partial head as they come, each once: a head may be long and come in
// small pieces.
struct RequestReader::Scout {
    explicit Scout(const RequestLimits& limits)
        : parser(limits, reading, RequestParser::Purpose::looking) {}

    // Whether the head's end has come. Its beginning is what it was before.
    bool sees_end(std::string_view head) const {
        constexpr std::string_view end = "\r\n\r\n";
        return head.find(end, seen < end.size() ? 0 : seen - end.size()) != std::string_view::npos;
    }

    // Says in `result` what is wrong with the lines that have come, where something is.
    void look(std::string_view head, const RequestLimits& limits, Reading& result) {
        const auto begun = last_line(head, std::exchange(seen, head.size()));
        if (begun == 0) return;
        const auto lines = head.substr(looked_at, begun - looked_at);
        looked_at = begun;
        if (is_sound(lines)) return;
        // The words for it come from the whole of what is there.
        const auto all = std::string(head.substr(0, looked_at)) + next_line;
        RequestParser whole(limits, result, RequestParser::Purpose::looking);
        BeastFault fault;
        whole.put_head(all, fault);
        whole.refuse(fault);
    }

    // Where the last line begins that has begun among the bytes from `from` on and does not
    // continue the one before it, which is whole therefore; 0 where none has.
    static std::size_t last_line(std::string_view head, std::size_t from) {
        for (auto at = head.size() - 1; at > 0 && at >= from; --at) {
            if (head[at - 1] == '\n' && head[at] != ' ' && head[at] != '\t') return at;
        }
        return 0;
    }

    // Beast takes a line when the next one has begun.
    bool is_sound(std::string_view lines) {
        const auto text = std::string(lines) + next_line;
        BeastFault fault;
        parser.put_head(text, fault);
        return !fault || fault == boost::beast::http::error::need_more;
    }

    static constexpr char next_line = 'N';
    Reading reading;
    RequestParser parser;
    std::size_t seen = 0;       // bytes of the head
    std::size_t looked_at = 0;  // of them: whole lines, with what continues them
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
    scout_.reset();
    return read(bytes);
}

std::size_t RequestReader::body_held() const { return upload_ ? upload_->body.capacity() : 0; }

void RequestReader::forget() {
    scout_.reset();
    upload_.reset();
}

// A head is parsed in one go, so that its views are into one piece of memory. While it is partial
// a scout looks at each line that comes, because a fault in it should not wait for the end.
void RequestReader::read_head(std::string_view bytes, Reading& reading) {
    const auto head = bytes.substr(0, limits_->head);
    const bool overlong = bytes.size() >= limits_->head;
    if (scout_ && !overlong && !scout_->sees_end(head)) {
        scout_->look(head, *limits_, reading);
        return;
    }
    scout_.reset();
    reading.consumed = read_plain_request(head, *limits_, reading.request);
    if (reading.consumed == 0) {
        reading = parse_head(bytes, overlong);
        return;
    }
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
        reading = Reading();
        if (overlong) {
            reading.progress = Progress::refused;
            reading.refusal = overlong_head(head);
        } else {
            scout_ = std::make_unique<Scout>(*limits_);
            scout_->look(head, *limits_, reading);
        }
        return reading;
    }
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
