#pragma once

#include "service/append_pieces.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace chr21::http {

enum class Sending : std::uint8_t { done, blocked, broken };

// Bytes on their way to one client, in order. Short bodies are copied behind their heads, so that
// a batch of answers leaves in one piece; long ones are kept as they are.
class Outbox {
public:
    template <class... Piece>
    [[gnu::always_inline]] void append(const Piece&... pieces) {
        service::append_pieces(text_, pieces...);
    }
    void append_body(std::string&& body);

    bool empty() const { return unsent() == 0; }
    std::size_t unsent() const { return text_.size() + body_bytes_ - sent_; }
    // Bytes of memory that it holds. Of a body that is being sent, all until its end.
    std::size_t held() const {
        return text_.capacity() + body_bytes_ + (bodies_.capacity() * sizeof(Body));
    }

    // Sends what the socket takes, as far as others need not wait for it. `done`: all of it, and
    // the outbox is empty again; `blocked`: there is more for when the socket takes some again;
    // `broken`: the connection is gone.
    Sending send(int socket);

private:
    struct Body {
        std::size_t at;  // its place: behind so many bytes of text_
        std::string bytes;
    };

    ssize_t send_text(int socket, std::size_t most) const;
    ssize_t send_pieces(int socket, std::size_t most) const;
    void advance(std::size_t count);
    void clear();

    std::string text_;
    std::vector<Body> bodies_;
    std::size_t body_bytes_ = 0;
    std::size_t sent_ = 0;
    std::size_t text_sent_ = 0;
    std::size_t next_body_ = 0;
    std::size_t next_body_sent_ = 0;
};

}  // namespace chr21::http
