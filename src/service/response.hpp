#pragma once

#include "service/append_pieces.hpp"
#include "service/long_body.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace chr21::service {

// Header fields in the order they were added, kept as the lines that HTTP/1.1 sends.
class Headers {
public:
    // `name` must be a token and `value` free of control characters; both come from us.
    void add(std::string_view name, std::string_view value) {
        add_lines(name, ": ", value, "\r\n");
    }
    // Whole lines in pieces, each line ending with "\r\n".
    template <class... Piece>
    [[gnu::always_inline]] void add_lines(const Piece&... pieces) {
        append_pieces(lines_, pieces...);
    }
    // Whole lines made by another Headers.
    void append(const Headers& other) { lines_ += other.lines_; }

    // The first value under `name`, ignoring case; empty when there is none.
    std::string_view find(std::string_view name) const;

    // "Name: value\r\n" for each.
    std::string_view lines() const { return lines_; }
    void reserve(std::size_t bytes) { lines_.reserve(bytes); }

    template <class Visitor>  // visitor(name, value)
    void for_each(Visitor&& visitor) const {
        for (std::string_view rest = lines_; !rest.empty();) {
            const auto end = rest.find("\r\n");
            const auto colon = rest.find(": ");
            visitor(rest.substr(0, colon), rest.substr(colon + 2, end - colon - 2));
            rest.remove_prefix(end + 2);
        }
    }

private:
    std::string lines_;
};

// An answer. Where its body is whole, Content-Length is among the headers wherever HTTP wants it,
// so a transport adds only what belongs to the connection: Date, Connection. Where its body comes
// in pieces, `body` is empty and nobody knows its length yet. After HEAD there is no body, and
// Content-Length says what GET would have sent whole.
struct Response {
    int status = 200;
    Headers headers = {};
    std::string body = {};
    std::unique_ptr<LongBody> long_body = {};
};

// "OK" for 200, "Not Found" for 404 (RFC 9110 section 15, RFC 6585); empty for any other number.
std::string_view reason_phrase(int status);

}  // namespace chr21::service
