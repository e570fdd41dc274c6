#include "transport/http/outbox.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <sys/socket.h>
#include <sys/uio.h>

namespace chr21::http {
namespace {

constexpr std::size_t copied_body_limit = std::size_t{16} * 1024;
constexpr std::size_t kept_capacity = std::size_t{256} * 1024;
constexpr std::size_t pieces_per_call = 64;
constexpr std::size_t bytes_per_turn = std::size_t{512} * 1024;  // some 0.2 ms

iovec piece(const std::string& text, std::size_t first, std::size_t last) {
    // sendmsg does not write through iov_base; its type serves recvmsg too.
    return {.iov_base = const_cast<char*>(text.data() + first), .iov_len = last - first};
}

}  // namespace

void Outbox::append_body(std::string&& body) {
    if (body.size() <= copied_body_limit) {
        text_.append(body);
        return;
    }
    body_bytes_ += body.size();
    bodies_.push_back({.at = text_.size(), .bytes = std::move(body)});
}

Sending Outbox::send(int socket) {
    auto left = bytes_per_turn;
    while (!empty()) {
        if (left == 0) return Sending::blocked;
        const auto taken = bodies_.empty() ? send_text(socket, left) : send_pieces(socket, left);
        if (taken >= 0) {
            advance(static_cast<std::size_t>(taken));
            left -= static_cast<std::size_t>(taken);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return Sending::blocked;
        } else if (errno != EINTR) {
            return Sending::broken;
        }
    }
    clear();
    return Sending::done;
}

ssize_t Outbox::send_text(int socket, std::size_t most) const {
    const auto size = std::min(text_.size() - text_sent_, most);
    return ::send(socket, text_.data() + text_sent_, size, MSG_NOSIGNAL);
}

ssize_t Outbox::send_pieces(int socket, std::size_t most) const {
    std::array<iovec, pieces_per_call> pieces{};
    std::size_t count = 0;
    const auto add = [&](const std::string& bytes, std::size_t first, std::size_t last) {
        const auto end = std::min(last, first + most);
        if (first >= end || count == pieces.size()) return;
        pieces.at(count++) = piece(bytes, first, end);
        most -= end - first;
    };
    auto text_at = text_sent_;
    auto body_at = next_body_sent_;
    for (auto body = next_body_; body < bodies_.size() && count < pieces.size(); ++body) {
        add(text_, text_at, bodies_[body].at);
        add(bodies_[body].bytes, body_at, bodies_[body].bytes.size());
        text_at = bodies_[body].at;
        body_at = 0;
    }
    add(text_, text_at, text_.size());
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = count;
    return ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

void Outbox::advance(std::size_t count) {
    sent_ += count;
    while (count > 0) {
        const bool in_text = next_body_ == bodies_.size() || text_sent_ < bodies_[next_body_].at;
        const auto text_end = next_body_ == bodies_.size() ? text_.size() : bodies_[next_body_].at;
        if (in_text) {
            const auto step = std::min(count, text_end - text_sent_);
            text_sent_ += step;
            count -= step;
            continue;
        }
        auto& body = bodies_[next_body_].bytes;
        const auto step = std::min(count, body.size() - next_body_sent_);
        next_body_sent_ += step;
        count -= step;
        if (next_body_sent_ == body.size()) {
            body = std::string();
            ++next_body_;
            next_body_sent_ = 0;
        }
    }
}

void Outbox::clear() {
    text_.clear();
    if (text_.capacity() > kept_capacity) text_.shrink_to_fit();
    bodies_.clear();
    body_bytes_ = sent_ = text_sent_ = next_body_ = next_body_sent_ = 0;
}

}  // namespace chr21::http
