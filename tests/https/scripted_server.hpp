#pragma once

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace chr21::https {

// Answers one connection after the other on 127.0.0.1: reads a request up to `ends_with`, sends
// the next answer in these pieces with a pause between, and closes, at once or when the client
// has. For tests.
class ScriptedServer {
public:
    struct Script {
        std::vector<std::string> pieces;
        std::string ends_with = "\r\n\r\n";
        bool stays_open = false;  // until the client closes
    };

    explicit ScriptedServer(std::vector<Script> scripts) : scripts_(std::move(scripts)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        auto* const general = reinterpret_cast<sockaddr*>(&address);
        if (listener_ < 0 || ::bind(listener_, general, size) != 0 || ::listen(listener_, 8) != 0 ||
            ::getsockname(listener_, general, &size) != 0) {
            throw std::system_error(errno, std::generic_category(), "no socket on 127.0.0.1");
        }
        port_ = std::to_string(ntohs(address.sin_port));
        thread_ = std::thread([this] { run(); });
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;
    ~ScriptedServer() {
        ends_ = true;
        thread_.join();
        ::close(listener_);
    }

    std::string url(const std::string& target = "/") const {
        return "http://127.0.0.1:" + port_ + target;
    }
    // Ends the server and gives what it was asked.
    std::vector<std::string> requests() {
        ends_ = true;
        thread_.join();
        thread_ = std::thread([] {});
        return requests_;
    }

private:
    // Whether there is something to read, looking up now and then for the end.
    bool is_ready(int number) const {
        while (!ends_) {
            pollfd waiting{.fd = number, .events = POLLIN, .revents = 0};
            if (::poll(&waiting, 1, 10) > 0) return true;
        }
        return false;
    }

    void run() {
        for (const auto& script : scripts_) {
            if (!is_ready(listener_)) return;
            const int client = ::accept(listener_, nullptr, nullptr);
            answer(client, script);
            ::close(client);
        }
    }

    void answer(int client, const Script& script) {
        std::array<char, 4096> piece{};
        auto& request = requests_.emplace_back();
        while (!request.ends_with(script.ends_with) && is_ready(client)) {
            const auto size = ::recv(client, piece.data(), piece.size(), 0);
            if (size <= 0) return;
            request.append(piece.data(), static_cast<std::size_t>(size));
        }
        for (const auto& one : script.pieces) {
            ::send(client, one.data(), one.size(), MSG_NOSIGNAL);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        if (script.stays_open && is_ready(client)) {
            ::recv(client, piece.data(), piece.size(), 0);
        }
    }

    std::vector<Script> scripts_;
    std::vector<std::string> requests_;
    std::string port_;
    std::atomic<bool> ends_ = false;
    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::thread thread_;
};

}  // namespace chr21::https
