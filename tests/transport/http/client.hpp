#pragma once

#include "transport/http/descriptor.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace chr21::http::testing {

struct Answer {
    int status = 0;    // 0: no answer came
    std::string head;  // status line and headers, each with its CR LF
    std::string body;

    explicit operator bool() const { return status != 0; }

    // The value of the first header of that name, spelled as the server spells it; empty when
    // there is none.
    std::string header(std::string_view name) const {
        const auto at = head.find("\r\n" + std::string(name) + ": ");
        if (at == std::string::npos) {
            return "";
        }
        const auto start = at + name.size() + 4;
        return head.substr(start, head.find("\r\n", start) - start);
    }
};

// A plain blocking HTTP client that waits at most five seconds for anything.
class Client {
public:
    explicit Client(std::uint16_t port, int receive_buffer = 0)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval patience{.tv_sec = 5, .tv_usec = 0};
        set(SOL_SOCKET, SO_RCVTIMEO, patience);
        set(SOL_SOCKET, SO_SNDTIMEO, patience);
        set(IPPROTO_TCP, TCP_NODELAY, 1);
        if (receive_buffer > 0) {
            set(SOL_SOCKET, SO_RCVBUF, receive_buffer);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int number = socket_.number();
        connected_ =
            number >= 0 &&
            ::connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }

    bool connected() const { return connected_; }

    // False when the server has closed.
    bool send(std::string_view text) const {
        while (!text.empty()) {
            const auto sent = ::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    // Goes away as one does whose program has crashed.
    void reset() {
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        set(SOL_SOCKET, SO_LINGER, at_once);
        const Descriptor closed(std::move(socket_));
    }

    void finish_sending() const { ::shutdown(socket_.number(), SHUT_WR); }

    // The next answer; none when the server closed before its end or said nothing for too long.
    // `bodiless`: it answers HEAD.
    Answer read(bool bodiless = false) {
        while (!received_.contains("\r\n\r\n")) {
            if (!receive()) {
                return {};
            }
        }
        Answer answer;
        answer.head = take(received_.find("\r\n\r\n") + 4);
        const bool chunked = answer.header("Transfer-Encoding") == "chunked";
        const auto length = number(answer.header("Content-Length"));
        if (!bodiless && !(chunked ? read_chunks(answer.body) : read_bytes(length, answer.body))) {
            return {};
        }
        answer.status = static_cast<int>(number(answer.head.substr(9, 3)));
        return answer;
    }

    // All that comes until the server closes; `cut` says that it did not do so in order.
    std::string read_to_end(bool& cut) {
        while (receive()) {
        }
        cut = failed_;
        return std::exchange(received_, {});
    }

    Answer ask(std::string_view request) { return send(request) ? read() : Answer(); }

    // Whether the server closes without sending anything more.
    bool sees_end() { return received_.empty() && !receive() && !timed_out_; }

private:
    template <class Value>
    void set(int level, int name, const Value& value) const {
        ::setsockopt(socket_.number(), level, name, &value, sizeof value);
    }

    static std::size_t number(std::string_view digits, int base = 10) {
        std::size_t value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
        return value;
    }

    bool read_bytes(std::size_t size, std::string& text) {
        while (received_.size() < size) {
            if (!receive()) return false;
        }
        text += take(size);
        return true;
    }

    // False as well where a chunk is not put together as it should be.
    bool read_chunks(std::string& text) {
        constexpr int hexadecimal = 16;
        for (;;) {
            while (!received_.contains("\r\n")) {
                if (!receive()) return false;
            }
            const auto line = take(received_.find("\r\n") + 2);
            const auto size = number(line, hexadecimal);
            std::string chunk;
            if (!read_bytes(size + 2, chunk) || !chunk.ends_with("\r\n")) return false;
            text.append(chunk, 0, size);
            if (size == 0) return line == "0\r\n";
        }
    }

    std::string take(std::size_t size) {
        auto text = received_.substr(0, size);
        received_.erase(0, size);
        return text;
    }

    bool receive() {
        std::array<char, 65536> piece{};
        const auto size = ::recv(socket_.number(), piece.data(), piece.size(), 0);
        timed_out_ = size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        failed_ = size < 0;
        received_.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        return size > 0;
    }

    Descriptor socket_;
    bool connected_ = false;
    bool timed_out_ = false;
    bool failed_ = false;
    std::string received_;
};

inline std::string get(std::string_view target) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

inline std::string post(std::string_view target, std::string_view body) {
    return "POST " + std::string(target) +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace chr21::http::testing
