#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace chr21::lambda::testing {

// One request as it came.
struct Asked {
    std::string head;  // request line and fields, each with its "\r\n"
    std::string body;

    // "POST /2018-06-01/..."
    std::string line() const { return head.substr(0, head.find(" HTTP/1.1\r\n")); }
    bool has(std::string_view field_line) const {
        return head.contains("\r\n" + std::string(field_line) + "\r\n");
    }
};

// Serves HTTP on a free port of this machine, each connection in a thread.
class TcpListener {
public:
    // What is answered, byte for byte, in pieces that are sent one by one. None: the connection is
    // closed without a word.
    using Answer = std::function<std::vector<std::string>(const Asked&)>;

    // `most_requests`: of one connection, after which it is closed.
    explicit TcpListener(Answer answer, std::size_t most_requests = SIZE_MAX)
        : answer_(std::move(answer)),
          most_requests_(most_requests),
          socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const general = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof(address);
        std::ignore = ::bind(socket_, general, size);
        ::listen(socket_, SOMAXCONN);
        ::getsockname(socket_, general, &size);
        port_ = ntohs(address.sin_port);
        accepting_ = std::jthread([this] { accept(); });
    }
    ~TcpListener() {
        ::shutdown(socket_, SHUT_RDWR);
        accepting_.join();
        {
            const std::scoped_lock lock(mutex_);
            for (const int one : open_) ::shutdown(one, SHUT_RDWR);
        }
        serving_.clear();
        ::close(socket_);
    }
    TcpListener(const TcpListener&) = delete;
    TcpListener& operator=(const TcpListener&) = delete;
    TcpListener(TcpListener&&) = delete;
    TcpListener& operator=(TcpListener&&) = delete;

    std::string port() const { return std::to_string(port_); }
    std::size_t connections() const {
        const std::scoped_lock lock(mutex_);
        return accepted_;
    }
    std::vector<Asked> asked() const {
        const std::scoped_lock lock(mutex_);
        return asked_;
    }

private:
    void accept() {
        for (int one = 0; (one = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
            const std::scoped_lock lock(mutex_);
            ++accepted_;
            open_.push_back(one);
            serving_.emplace_back([this, one] { serve(one); });
        }
    }

    void serve(int socket) {
        std::string received;
        std::size_t count = 0;
        for (Asked asked; count < most_requests_ && read(socket, received, asked); asked = {}) {
            ++count;
            {
                const std::scoped_lock lock(mutex_);
                asked_.push_back(asked);
            }
            const auto pieces = answer_(asked);
            if (pieces.empty()) break;
            for (const auto& piece : pieces) {
                ::send(socket, piece.data(), piece.size(), MSG_NOSIGNAL);
            }
        }
        const std::scoped_lock lock(mutex_);
        std::erase(open_, socket);
        ::close(socket);
    }

    static bool read(int socket, std::string& received, Asked& asked) {
        constexpr std::string_view length = "\r\nContent-Length: ";
        for (;;) {
            const auto end = received.find("\r\n\r\n");
            if (end != std::string::npos) {
                asked.head = received.substr(0, end + 2);
                std::size_t body = 0;
                if (const auto at = asked.head.find(length); at != std::string::npos) {
                    const char* const first = asked.head.data() + at + length.size();
                    std::from_chars(first, asked.head.data() + asked.head.size(), body);
                }
                if (received.size() >= end + 4 + body) {
                    asked.body = received.substr(end + 4, body);
                    received.erase(0, end + 4 + body);
                    return true;
                }
            }
            std::array<char, 4096> buffer{};
            const auto count = ::recv(socket, buffer.data(), buffer.size(), 0);
            if (count <= 0) return false;
            received.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }

    Answer answer_;
    std::size_t most_requests_;
    int socket_;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::size_t accepted_ = 0;  // under mutex_, as all below
    std::vector<int> open_ = {};
    std::vector<Asked> asked_ = {};
    std::list<std::jthread> serving_ = {};
    std::jthread accepting_ = {};
};

}  // namespace chr21::lambda::testing
